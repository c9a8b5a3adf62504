import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Empty, Loading } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { Button } from 'antd';
import { Link, Navigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './mine.css';

/** The helper's own households, overdue first, each with the button that records a visit; others see the pairings. */
export function Component() {
  return useMay(makeVisit) ? <MyHouseholds /> : <Navigate to="/pairings" replace />;
}

type Row = AnswerOf<typeof listPairings>['rows'][number];

function MyHouseholds() {
  const t = useText<TextKey>();
  const list = useOperation(listPairings, { query: { limit: 500, state: 'paired' } });
  const body = () => {
    if (list.isError && !list.data) {
      return <ProblemPanel problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
    }
    if (!list.data) return <Loading />;
    if (list.data.rows.length === 0) return <Empty title={t('mine.empty')} hint={t('mine.emptyHint')} />;
    const urgency = (row: Row) => (row.visits?.overdueDays ?? 0) * 1000 + (row.visits?.dueBy ? 1 : 0);
    const rows = [...list.data.rows].sort((a, b) => urgency(b) - urgency(a));
    return (
      <ul className="pa-cards">
        {rows.map((row) => (
          <Card key={row.householdId} row={row} />
        ))}
      </ul>
    );
  };
  return (
    <Page title={t('place.mine')} subtitle={t('mine.subtitle')} help={t('mine.help')}>
      {body()}
    </Page>
  );
}

function Card({ row }: { readonly row: Row }) {
  const t = useText<TextKey>();
  const { visits } = row;
  const late = (visits?.overdueDays ?? 0) > 0;
  const standing = () => {
    if (visits && late) return t('mine.overdue', { days: visits.overdueDays });
    return visits?.dueBy ? t('mine.due', { day: visits.dueBy }) : t('mine.done');
  };
  return (
    <li className="pa-card bf-surface">
      <div className="pa-card__head">
        <Link to={`/pairings/${row.householdId}`}>{row.headName}</Link>
        <StatusMark status={markOf(row.status)} />
      </div>
      <p>
        {row.townshipName} {row.villageName} · {t('mine.members', { count: row.memberCount })}
      </p>
      <p className={late ? 'pa-late' : ''}>
        {standing()} · {visits?.lastVisit ? t('mine.last', { day: visits.lastVisit }) : t('mine.never')}
      </p>
      {isShown(row.steps, 'visit', 'VISIT_NOT_HELPER') && (
        <LinkButton
          type="primary"
          size="large"
          block
          className="pa-big"
          reason={closedBy(row.steps, 'visit')}
          to={`/visits/new?household=${row.householdId}`}
        >
          {t('mine.visit')}
        </LinkButton>
      )}
      <Button size="large" block className="pa-big" href={`/dossiers/${encodeURIComponent(row.number)}`}>
        {t('mine.dossier')}
      </Button>
    </li>
  );
}

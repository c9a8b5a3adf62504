import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getPairing } from '@bangfu/contracts/pairing/pairings';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { LinkButton } from '@bangfu/ui/link-button';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { markOf, StatusMark } from '@bangfu/ui/status-mark';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { AssignForm, EndForm } from './change-forms.tsx';
import { ComingChange } from './coming.tsx';

type Record = AnswerOf<typeof getPairing>;

/** One household: who answers for it, who did before, and the ways to change that. */
export function Component() {
  const { householdId = '' } = useParams();
  const found = useOperation(getPairing, { params: { householdId } });
  if (found.isError && !found.data) {
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  }
  return found.data ? <Pairing key={householdId} record={found.data} /> : <Loading />;
}

function Pairing({ record }: { readonly record: Record }) {
  const t = useText<TextKey>();
  const [form, setForm] = useState<'assign' | 'end' | null>(null);
  const { helper, steps, visits } = record;
  const close = () => setForm(null);
  return (
    <>
      <RecordHeader
        name={record.headName}
        number={record.number}
        place={`${record.townshipName} ${record.villageName}`}
        mark={<StatusMark status={markOf(record.status)} />}
        actions={
          <>
            {isShown(steps, 'visit', 'VISIT_NOT_HELPER') && (
              <LinkButton
                type="primary"
                reason={closedBy(steps, 'visit')}
                to={`/visits/new?household=${record.householdId}`}
              >
                {t('mine.visit')}
              </LinkButton>
            )}
            {isShown(steps, 'assign', 'PAIRING_EXISTS') && (
              <ReasonedButton reason={closedBy(steps, 'assign')} onClick={() => setForm('assign')}>
                {t('pairing.assign')}
              </ReasonedButton>
            )}
            {isShown(steps, 'hand-over', 'PAIRING_MISSING') && (
              <ReasonedButton reason={closedBy(steps, 'hand-over')} onClick={() => setForm('assign')}>
                {t('pairing.handOver')}
              </ReasonedButton>
            )}
            {isShown(steps, 'end', 'PAIRING_MISSING') && (
              <ReasonedButton reason={closedBy(steps, 'end')} onClick={() => setForm('end')}>
                {t('pairing.end')}
              </ReasonedButton>
            )}
            <LinkButton to={`/visits?household=${record.householdId}`}>{t('pairing.visits')}</LinkButton>
          </>
        }
      />
      {form === 'assign' && <AssignForm record={record} onDone={close} />}
      {form === 'end' && <EndForm record={record} onDone={close} />}
      <ComingChange record={record} />
      <RecordSection id="helper" title={t('pairing.now')}>
        <Facts
          facts={[
            { label: t('pairings.helper'), value: helper?.name ?? t('pairings.none') },
            { label: t('pairings.unit'), value: helper?.unitName ?? '—' },
            { label: t('pairings.since'), value: helper?.since ?? '—' },
            { label: t('pairings.last'), value: visits?.lastVisit ?? '—' },
            { label: t('pairings.overdue'), value: visits ? String(visits.overdueDays) : '—' },
            { label: t('pairing.members'), value: record.members.map(({ name }) => name).join('、') },
          ]}
        />
      </RecordSection>
      <RecordSection id="chain" title={t('pairing.chain')}>
        <InnerTable
          rowKey={(link) => link.helperId + link.from}
          dataSource={[...record.chain].reverse()}
          columns={[
            { title: t('pairings.helper'), render: (_, link) => link.helperName },
            { title: t('pairings.unit'), render: (_, link) => link.unitName },
            {
              title: t('pairings.since'),
              render: (_, link) => `${link.from} — ${link.until ?? t('pairing.until')}`,
            },
            {
              title: t('pairing.reason'),
              render: (_, link) => link.reason ?? (link.byPlan ? t('pairing.byPlan') : ''),
            },
          ]}
        />
      </RecordSection>
    </>
  );
}

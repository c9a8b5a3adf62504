import { listSessions } from '@bangfu/contracts/training/classes';
import { addDays } from '@bangfu/domain/shared/time';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Empty, Loading } from '@bangfu/ui/states';
import { Link } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './attendance.css';

const DAYS_BACK = 14;

/** The sessions of the last two weeks and of today, the latest first. */
export function Component() {
  const t = useText<TextKey>();
  const today = usePlatformDay();
  const found = useOperation(listSessions, { query: { from: addDays(today, -DAYS_BACK), to: today } });
  const rows = (found.data?.rows ?? []).filter(({ cancelled }) => cancelled === null).reverse();
  return (
    <Page title={t('place.attendance')} subtitle={t('attendance.subtitle')}>
      {found.isError && <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && rows.length === 0 && <Empty title={t('attendance.none')} />}
      <ul className="roll">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/attendance/${row.id}`} className="roll__session bf-surface">
              <strong>{row.className}</strong>
              <span>{`${row.day} ${row.startsAt}-${row.endsAt} · ${row.place}`}</span>
              <span>
                {row.marked === 0
                  ? t('class.notMarked')
                  : t('class.present', { present: row.present, marked: row.marked })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}

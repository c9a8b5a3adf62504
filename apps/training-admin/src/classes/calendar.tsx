import { listSessions } from '@bangfu/contracts/training/classes';
import { addDays, type BusinessDay } from '@bangfu/domain/shared/time';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { Button, Space } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import './calendar.css';

const DAYS = 14;

/** The Monday of the week a day lies in. */
function mondayOf(day: BusinessDay): BusinessDay {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Two weeks of sessions, day by day; the address says which. */
export function Component() {
  const t = useText<TextKey>();
  const [params, setParams] = useSearchParams();
  const today = usePlatformDay();
  const asked = params.get('from');
  const from = mondayOf(asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? (asked as BusinessDay) : today);
  const found = useOperation(listSessions, { query: { from, to: addDays(from, DAYS - 1) } });
  const move = (days: number) => setParams({ from: addDays(from, days) });
  const rows = found.data?.rows ?? [];
  const days = Array.from({ length: DAYS }, (_, at) => addDays(from, at));
  return (
    <Page
      title={t('place.calendar')}
      subtitle={t('calendar.subtitle')}
      actions={
        <Space>
          <Button onClick={() => move(-DAYS)}>{t('calendar.earlier')}</Button>
          <Button onClick={() => setParams({})}>{t('calendar.today')}</Button>
          <Button onClick={() => move(DAYS)}>{t('calendar.later')}</Button>
        </Space>
      }
    >
      {found.isError && <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && (
        <ol className="calendar">
          {days.map((day) => (
            <li key={day} className={day === today ? 'calendar__day calendar__day--today' : 'calendar__day'}>
              <h2>{day}</h2>
              {rows.every((row) => row.day !== day) && <p className="calendar__none">{t('calendar.none')}</p>}
              {rows
                .filter((row) => row.day === day)
                .map((row) => (
                  <Link key={row.id} to={`/attendance/${row.id}`} className="calendar__session">
                    <strong>{`${row.startsAt}-${row.endsAt}`}</strong>
                    <span>{row.className}</span>
                    <span>{row.cancelled === null ? row.place : t('calendar.cancelled')}</span>
                  </Link>
                ))}
            </li>
          ))}
        </ol>
      )}
    </Page>
  );
}

import { ATTENDANCE_MARKS, getAttendance, recordAttendance } from '@bangfu/contracts/training/attendance';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty, Loading } from '@bangfu/ui/states';
import { App, Button, Radio } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { AttendanceList } from './list-import.tsx';
import './attendance.css';

type Mark = (typeof ATTENDANCE_MARKS)[number];
type Sheet = AnswerOf<typeof getAttendance>;

/** The roll of one session, made for a phone: a name, three large buttons, one button to save. */
export function Component() {
  const t = useText<TextKey>();
  const { sessionId = '' } = useParams();
  const found = useOperation(getAttendance, { params: { sessionId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { session, className } = found.data;
  const { day, startsAt, endsAt, place, cancelled } = session;
  return (
    <Page title={t('attendance.title', { name: className })} subtitle={`${day} ${startsAt}-${endsAt} · ${place}`}>
      {cancelled === null ? (
        <Roll key={session.id} sheet={found.data} />
      ) : (
        <Empty title={t('class.cancelled', { reason: cancelled })} />
      )}
    </Page>
  );
}

function Roll({ sheet }: { readonly sheet: Sheet }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const { message } = App.useApp();
  const closed = closedBy(sheet.steps, 'attendance');
  const [chosen, setChosen] = useState<Readonly<Record<string, Mark>>>({});
  const { session, rows } = sheet;
  const params = { sessionId: session.id };
  const save = useCommand(recordAttendance, {
    onDone: () => {
      setChosen({});
      void message.success(t('attendance.saved'));
    },
  });
  if (rows.length === 0) return <Empty title={t('class.noLearners')} />;
  const markOf = (row: Sheet['rows'][number]) => chosen[row.enrolmentId] ?? row.mark;
  const marks = rows.flatMap((row) => {
    const mark = chosen[row.enrolmentId];
    return mark && mark !== row.mark ? [{ enrolmentId: row.enrolmentId, mark }] : [];
  });
  const left = rows.filter((row) => markOf(row) === null && closedBy(row.steps, 'mark') === null);
  const fill = () =>
    setChosen({ ...chosen, ...Object.fromEntries(left.map((row) => [row.enrolmentId, 'present' as const])) });
  return (
    <>
      <ul className="roll">
        {rows.map((row) => (
          <li key={row.enrolmentId} className="roll__one bf-surface">
            <span className="roll__name">
              {row.personName}
              <span className="roll__place">
                {row.villageName} {row.householdNumber}
              </span>
            </span>
            <Radio.Group
              aria-label={t('attendance.of', { name: row.personName })}
              optionType="button"
              buttonStyle="solid"
              size="large"
              disabled={closedBy(row.steps, 'mark') !== null}
              options={ATTENDANCE_MARKS.map((value) => ({ value, label: t(`attendance.${value}`) }))}
              value={markOf(row)}
              onChange={(event) => setChosen({ ...chosen, [row.enrolmentId]: event.target.value as Mark })}
            />
          </li>
        ))}
      </ul>
      {isShown(sheet.steps, 'attendance') && (
        <>
          <div className="roll__foot bf-surface">
            <ReasonedButton
              type="primary"
              size="large"
              loading={save.isPending}
              reason={closed ?? (marks.length === 0 ? t('attendance.noChanges') : null)}
              onClick={() => save.mutate({ params, body: { version: session.version, marks } }, refused)}
            >
              {t('attendance.save', { count: marks.length })}
            </ReasonedButton>
            {left.length > 0 && (
              <>
                <Button size="large" onClick={fill}>
                  {t('attendance.allPresent')}
                </Button>
                <span role="status">{t('attendance.left', { count: left.length })}</span>
              </>
            )}
          </div>
          {closed === null && <AttendanceList sessionId={session.id} />}
        </>
      )}
    </>
  );
}

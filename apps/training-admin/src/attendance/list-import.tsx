import { AttendanceListOutcome, importAttendance } from '@bangfu/contracts/training/attendance';
import { DropZone } from '@bangfu/ui/import-drop';
import { useListJob } from '@bangfu/ui/lib/list-job';
import { ListProgress } from '@bangfu/ui/list-progress';
import { useText } from '@bangfu/ui/lib/i18n';
import { ListWarnings } from '@bangfu/ui/list-warnings';
import { RecordSection } from '@bangfu/ui/record';
import { Alert } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

const TYPES = ['.xlsx', '.csv', '.xls', '.et', '.ods'];
const LARGEST = 10 * 1024 * 1024;

/** A signed list instead of the buttons: entered whole, or refused with every wrong line. */
export function AttendanceList({ sessionId }: { readonly sessionId: string }) {
  const t = useText<TextKey>();
  const list = useListJob(importAttendance, AttendanceListOutcome);
  const answer = list.outcome;
  return (
    <RecordSection id="list" title={t('attendance.list')}>
      <p>{t('attendance.listHint')}</p>
      <ListProgress list={list} />
      {answer && answer.problems.length === 0 && (
        <Alert type="success" showIcon title={t('attendance.listDone', { count: answer.entered })} />
      )}
      {answer && answer.problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('attendance.listProblems', { count: answer.problems.length })}
          description={
            <ul>
              {answer.problems.map((problem) => (
                <li key={JSON.stringify(problem)}>
                  {problem.sheet} {t('attendance.row', { row: problem.row })} {problem.value}：{problem.message}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {answer && <ListWarnings warnings={answer.warnings} />}
      <DropZone
        types={TYPES}
        maxBytes={LARGEST}
        onFile={(file) => list.send({ params: { sessionId }, query: { name: file.name }, body: file })}
      />
    </RecordSection>
  );
}

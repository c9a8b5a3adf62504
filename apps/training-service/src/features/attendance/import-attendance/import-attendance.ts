import type { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import { AttendanceListOutcome, importAttendance as operation } from '@bangfu/contracts/training/attendance';
import { pgSql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { type CodedProblem, toCodedProblem } from '@bangfu/platform/http/list-answer';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { comingTo, listJob, type ListOrder, orderList } from '@bangfu/platform/jobs/list-job';
import type { Training } from '../../../db/client.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { enterMarks } from '../enter-marks.ts';
import { getSheet } from '../sheet.repository.ts';
import { matchList } from './match-list.ts';
import { type AttendanceList, MAX_LIST_BYTES, readAttendance } from './read-list.ts';

/** The kind of its job. */
export const ATTENDANCE_LIST = 'attendance-list';

/** What is asked with the list. */
interface Asked {
  readonly sessionId: string;
}

/**
 * Orders that a session's attendance is entered from a list.
 * @throws Refusal 404; DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY
 */
export async function importAttendance(
  service: Training,
  actor: Actor,
  sessionId: string,
  upload: Readable,
  name: string,
): Promise<JobOrdered> {
  await getSheet(pgSql(service.pool), actor.caller, sessionId);
  const asked: Asked = { sessionId };
  return orderList(service, operation, actor, upload, { kind: ATTENDANCE_LIST, name, asked, maxBytes: MAX_LIST_BYTES });
}

/** The job of an attendance list. */
export const attendanceListJob = (service: Training): JobHandler =>
  listJob<Asked, AttendanceList, unknown>(service, {
    read: (path, _order, run) => readAttendance(path, run),
    take: (actor, list, order) => enterList(service, actor, list, order),
  });

/**
 * Enters a session's attendance from a list, whole or not at all: with a wrong line nothing is entered and every wrong
 * line is named. The hash of the list stays in the audit log.
 * @throws those of enterMarks
 */
async function enterList(service: Training, actor: Actor, list: AttendanceList, order: ListOrder<Asked>) {
  const { name, file, asked } = order;
  const { sessionId } = asked;
  const input = { sessionId, name, sha256: file.sha256 };
  const command = comingTo(operation, AttendanceListOutcome);
  return runCommand(service.transaction, service.newId, command, actor, input, async (tx, sql) => {
    await lockVisibleSession(tx, sql, actor.caller, sessionId);
    const before = await getSheet(sql, actor.caller, sessionId);
    const { marks, problems: unmatched } = matchList(list.lines, before.rows);
    const problems: CodedProblem[] = [
      ...list.problems.map(toCodedProblem),
      ...unmatched.map((problem) => ({ ...problem, message: '', params: {} })),
    ];
    const isSound = problems.length === 0;
    const { sheet, change } = isSound
      ? await enterMarks(tx, sql, actor, sessionId, { marks })
      : { sheet: before, change: { before: {}, after: {} } };
    const lines = { name, sha256: file.sha256, lines: list.lines.length, problems: problems.length };
    return {
      answer: {
        entered: isSound ? marks.length : 0,
        problems,
        warnings: list.warnings.map(toCodedProblem),
        sheet,
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'session',
          recordId: sessionId,
          change: { before: change.before, after: { ...lines, ...change.after } },
        },
      ],
    };
  });
}

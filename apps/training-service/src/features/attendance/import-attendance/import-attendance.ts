import * as contract from '@bangfu/contracts/training/attendance';
import { type CodedProblem, toCodedProblem } from '@bangfu/platform/http/list-answer';
import { z } from 'zod';
import { lockVisibleSession } from '../../../db/visible.ts';
import { list } from '../../../operations.ts';
import { enterMarks } from '../enter-marks.ts';
import { getSheet } from '../sheet.repository.ts';
import { matchList } from './match-list.ts';
import { MAX_LIST_BYTES, readAttendance } from './read-list.ts';

/**
 * Enters a session's attendance from a list, all of it or nothing: with a wrong line nothing is entered and every wrong
 * line is named. The hash of the list stays in the audit log.
 * @throws Refusal 404; DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY; in its job those of enterMarks
 */
export const importAttendance = list(contract.importAttendance, {
  kind: 'attendance-list',
  maxBytes: MAX_LIST_BYTES,
  outcome: contract.AttendanceListOutcome,
  asked: z.object({ sessionId: z.uuid() }),
  ask: async ({ read, caller, params: { sessionId } }) => {
    await getSheet(read, caller, sessionId);
    return { sessionId };
  },
  read: (path, _order, run) => readAttendance(path, run),
  take: async (call) => {
    const { tx, caller, list: given, order } = call;
    const { sessionId } = order.asked;
    await lockVisibleSession(tx, caller, sessionId);
    const before = await getSheet(tx.sql, caller, sessionId);
    const { marks, problems: unmatched } = matchList(given.lines, before.rows);
    const problems: CodedProblem[] = [
      ...given.problems.map(toCodedProblem),
      ...unmatched.map((problem) => ({ ...problem, message: '', params: {} })),
    ];
    const isSound = problems.length === 0;
    const { sheet, change } = isSound
      ? await enterMarks(call, sessionId, { marks })
      : { sheet: before, change: { before: {}, after: {} } };
    const lines = {
      name: order.name,
      sha256: order.file.sha256,
      lines: given.lines.length,
      problems: problems.length,
    };
    call.audit.change('session', sessionId, change.before, { ...lines, ...change.after });
    return {
      entered: isSound ? marks.length : 0,
      problems,
      warnings: given.warnings.map(toCodedProblem),
      sheet,
    };
  },
});

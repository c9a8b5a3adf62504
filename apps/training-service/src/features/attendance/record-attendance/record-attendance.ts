import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type AttendanceSheet, recordAttendance as operation } from '@bangfu/contracts/training/attendance';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Training } from '../../../db/client.ts';
import { enterMarks } from '../enter-marks.ts';

/** Enters a session's attendance. @throws those of enterMarks */
export function recordAttendance(
  service: Training,
  actor: Actor,
  sessionId: string,
  body: BodyOf<typeof operation>,
): Promise<AttendanceSheet> {
  return runCommand(service.transaction, service.newId, operation, actor, { sessionId, ...body }, async (tx, sql) => {
    const { sheet, change } = await enterMarks(tx, sql, actor, sessionId, body);
    return {
      answer: sheet,
      audit:
        Object.keys(change.after).length === 0
          ? []
          : [{ action: operation.audit ?? '', recordType: 'session', recordId: sessionId, change }],
    };
  });
}

import * as contract from '@bangfu/contracts/training/attendance';
import { command } from '../../../operations.ts';
import { enterMarks } from '../enter-marks.ts';

/** Enters a session's attendance. @throws those of enterMarks */
export const recordAttendance = command(contract.recordAttendance, async (call) => {
  const { sessionId } = call.params;
  const { sheet, change } = await enterMarks(call, sessionId, call.body);
  if (Object.keys(change.after).length === 0) call.audit.nothing();
  else call.audit.change('session', sessionId, change.before, change.after);
  return sheet;
});

import * as contract from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandWithdrawal } from '@bangfu/domain/training/enrolment';
import { enrolmentWithdrawn } from '@bangfu/events/catalog/training';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { findEnrolments } from '../enrolment.repository.ts';

/**
 * Gives a place back, as long as the person has not come to a session.
 * @throws Refusal 404, 409; DomainError ENROLMENT_MISSING, ENROLMENT_HAS_ATTENDANCE
 */
export const withdrawEnrolment = command(contract.withdrawEnrolment, async (call) => {
  const { tx, caller, now, language } = call;
  const { enrolmentId } = call.params;
  const { reason, version } = call.body;
  const found = await tx.sql
    .selectFrom('enrolment')
    .where('id', '=', enrolmentId)
    .select(['class_id as classId', 'county_code as countyCode', 'household_id as householdId'])
    .executeTakeFirst();
  if (!found) throw notFound();
  const { classId, countyCode, householdId } = found;
  await lockVisibleClass(tx, caller, classId);
  const asked = { classId, ids: [enrolmentId], now, language };
  const [before] = await findEnrolments(tx.sql, caller, asked);
  if (!before) throw notFound();
  if (before.version !== version) throw conflict(before);
  const withdrawnOn = businessDayOf(now);
  const { marks } = await tx.sql
    .selectFrom('attendance')
    .where('enrolment_id', '=', enrolmentId)
    .select(({ fn }) => fn.countAll<number>().as('marks'))
    .executeTakeFirstOrThrow();
  demandWithdrawal({ withdrawn: before.withdrawnOn !== null, marks });
  await tx.sql
    .updateTable('enrolment')
    .set((eb) => ({ withdrawn_on: withdrawnOn, version: eb('version', '+', 1) }))
    .where('id', '=', enrolmentId)
    .execute();
  call.audit.change('enrolment', enrolmentId, { withdrawnOn: null }, { withdrawnOn, reason });
  call.emit(enrolmentWithdrawn.of(countyCode, { enrolmentId, householdId }));
  const [answer] = await findEnrolments(tx.sql, caller, asked);
  if (!answer) throw notFound();
  return answer;
});

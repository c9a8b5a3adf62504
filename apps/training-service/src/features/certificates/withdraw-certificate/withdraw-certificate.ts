import * as contract from '@bangfu/contracts/training/certificates';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandValid } from '@bangfu/domain/training/certificate';
import { certificateWithdrawn } from '@bangfu/events/catalog/training';
import { conflict } from '@bangfu/platform/http/refusal';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { getVisibleCertificate } from '../certificate.repository.ts';

/** Declares a certificate void. @throws Refusal 404, 409; DomainError CERTIFICATE_WITHDRAWN */
export const withdrawCertificate = command(contract.withdrawCertificate, async (call) => {
  const { tx, caller } = call;
  const { certificateId } = call.params;
  const { reason, version } = call.body;
  const { classId } = await getVisibleCertificate(tx.sql, caller, certificateId);
  await lockVisibleClass(tx, caller, classId);
  const before = await getVisibleCertificate(tx.sql, caller, certificateId);
  demandValid(before);
  if (before.version !== version) throw conflict(before);
  const withdrawnOn = businessDayOf(call.now);
  const { number, householdId, personId, countyCode } = await tx.sql
    .updateTable('certificate')
    .set((eb) => ({ withdrawn_on: withdrawnOn, withdrawn_reason: reason, version: eb('version', '+', 1) }))
    .where('id', '=', certificateId)
    .returning(['number', 'household_id as householdId', 'person_id as personId', 'county_code as countyCode'])
    .executeTakeFirstOrThrow();
  call.audit.change('certificate', certificateId, { number, withdrawnOn: null }, { number, withdrawnOn, reason });
  call.emit(certificateWithdrawn.of(countyCode, { certificateId, number, householdId, personId, withdrawnOn }));
  return getVisibleCertificate(tx.sql, caller, certificateId);
});

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Certificate, withdrawCertificate as operation } from '@bangfu/contracts/training/certificates';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandValid } from '@bangfu/domain/training/certificate';
import { certificateWithdrawn } from '@bangfu/events/catalog/training';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { getCertificate } from '../certificate.repository.ts';

/** Declares a certificate void. @throws Refusal 404, 409; DomainError CERTIFICATE_WITHDRAWN */
export function withdrawCertificate(
  service: Training,
  actor: Actor,
  certificateId: string,
  { reason, version }: BodyOf<typeof operation>,
): Promise<Certificate> {
  const { caller, now } = actor;
  const input = { certificateId, reason, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const { classId } = await getCertificate(sql, caller, certificateId);
    await lockVisibleClass(tx, sql, caller, classId);
    const before = await getCertificate(sql, caller, certificateId);
    demandValid(before);
    if (before.version !== version) throw conflict(before);
    const withdrawnOn = businessDayOf(now);
    const row = await tx.certificate.update({
      where: { id: certificateId },
      data: { withdrawnOn: dateOf(withdrawnOn), withdrawnReason: reason, version: { increment: 1 } },
    });
    const { number, householdId, personId } = row;
    return {
      answer: await getCertificate(sql, caller, certificateId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'certificate',
          recordId: certificateId,
          change: { before: { number, withdrawnOn: null }, after: { number, withdrawnOn, reason } },
        },
      ],
      events: [certificateWithdrawn.of(row.countyCode, { certificateId, number, householdId, personId, withdrawnOn })],
    };
  });
}

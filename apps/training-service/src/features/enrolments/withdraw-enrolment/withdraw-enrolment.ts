import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Enrolment, withdrawEnrolment as operation } from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandWithdrawal } from '@bangfu/domain/training/enrolment';
import { enrolmentWithdrawn } from '@bangfu/events/catalog/training';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { findEnrolments } from '../enrolment.repository.ts';

/**
 * Gives a place back, as long as the person has not come to a session.
 * @throws Refusal 404, 409; DomainError ENROLMENT_MISSING, ENROLMENT_HAS_ATTENDANCE
 */
export function withdrawEnrolment(
  service: Training,
  actor: Actor & { readonly language: 'zh' | 'en' },
  enrolmentId: string,
  { reason, version }: BodyOf<typeof operation>,
): Promise<Enrolment> {
  const { caller, now, language } = actor;
  const input = { enrolmentId, reason, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const found = await tx.enrolment.findUnique({ where: { id: enrolmentId } });
    if (!found) throw notFound();
    await lockVisibleClass(tx, sql, caller, found.classId);
    const asked = { classId: found.classId, ids: [enrolmentId], now, language };
    const [before] = await findEnrolments(sql, caller, asked);
    if (!before) throw notFound();
    if (before.version !== version) throw conflict(before);
    const on = businessDayOf(now);
    const marks = await tx.attendance.count({ where: { enrolmentId } });
    demandWithdrawal({ withdrawn: before.withdrawnOn !== null, marks });
    await tx.enrolment.update({
      where: { id: enrolmentId },
      data: { withdrawnOn: dateOf(on), version: { increment: 1 } },
    });
    const [answer] = await findEnrolments(sql, caller, asked);
    if (!answer) throw notFound();
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'enrolment',
          recordId: enrolmentId,
          change: { before: { withdrawnOn: null }, after: { withdrawnOn: on, reason } },
        },
      ],
      events: [enrolmentWithdrawn.of(found.countyCode, { enrolmentId, householdId: found.householdId })],
    };
  });
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Enrolment, recordResults as operation } from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandResults, demandUncertified } from '@bangfu/domain/training/certificate';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { classFacts } from '../../../db/class-facts.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { findEnrolments } from '../enrolment.repository.ts';

/**
 * Enters results on or after the last session's day. A learner with a certificate keeps his.
 * @throws Refusal 404, 409; DomainError CLASS_NOT_OVER, ENROLMENT_MISSING, CERTIFIED_ALREADY
 */
export function recordResults(
  service: Training,
  actor: Actor & { readonly language: 'zh' | 'en' },
  classId: string,
  { results }: BodyOf<typeof operation>,
): Promise<{ rows: Enrolment[] }> {
  const { caller, now, language } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { classId, results }, async (tx, sql) => {
    const group = await lockVisibleClass(tx, sql, caller, classId);
    demandResults(await classFacts(sql, group.id), businessDayOf(now));
    const before = await findEnrolments(sql, caller, { classId, now, language });
    const byId = new Map(before.map((each) => [each.id, each]));
    for (const { enrolmentId, version, mark } of results) {
      const current = byId.get(enrolmentId);
      if (!current) throw notFound();
      demand(current.withdrawnOn === null, 'LEARNER_WITHDREW', { name: current.personName });
      if (mark !== current.mark) {
        demandUncertified({ name: current.personName, hasCertificate: current.certificateId !== null });
      }
      const { count } = await tx.enrolment.updateMany({
        where: { id: enrolmentId, version },
        data: {
          mark,
          // Who set the mark may not issue the certificate; the same mark again does not change who did.
          ...(mark === current.mark ? {} : { markedBy: mark === null ? null : caller.id }),
          version: { increment: 1 },
        },
      });
      if (count === 0) throw conflict(current);
    }
    const ids = results.map((each) => each.enrolmentId);
    const rows = await findEnrolments(sql, caller, { classId, ids, now, language });
    return {
      answer: { rows },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'class',
          recordId: classId,
          // By learner: the entry lays each one's old and new result side by side.
          change: { before: byLearner(ids.flatMap((id) => byId.get(id) ?? [])), after: byLearner(rows) },
        },
      ],
    };
  });
}

const byLearner = (rows: readonly Enrolment[]) => Object.fromEntries(rows.map(({ id, mark }) => [id, { mark }]));

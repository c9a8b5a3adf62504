import * as contract from '@bangfu/contracts/training/enrolments';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { demandResults, demandUncertified } from '@bangfu/domain/training/certificate';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { classFacts } from '../../../db/class-facts.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { findEnrolments } from '../enrolment.repository.ts';

/**
 * Enters results on or after the last session's day. A learner with a certificate keeps his.
 * @throws Refusal 404, 409; DomainError CLASS_NOT_OVER, ENROLMENT_MISSING, CERTIFIED_ALREADY
 */
export const recordResults = command(contract.recordResults, async (call) => {
  const { tx, caller, now, language } = call;
  const { classId } = call.params;
  const { results } = call.body;
  const group = await lockVisibleClass(tx, caller, classId);
  demandResults(await classFacts(tx.sql, group.id), businessDayOf(now));
  const before = await findEnrolments(tx.sql, caller, { classId, now, language });
  const byId = new Map(before.map((each) => [each.id, each]));
  for (const { enrolmentId, version, mark } of results) {
    const current = byId.get(enrolmentId);
    if (!current) throw notFound();
    demand(current.withdrawnOn === null, 'LEARNER_WITHDREW', { name: current.personName });
    if (mark !== current.mark) {
      demandUncertified({ name: current.personName, hasCertificate: current.certificateId !== null });
    }
    const { numUpdatedRows } = await tx.sql
      .updateTable('enrolment')
      .set({
        mark,
        // Who set the mark may not issue the certificate; the same mark again does not change who did.
        ...(mark === current.mark ? {} : { marked_by: mark === null ? null : caller.id }),
        version: version + 1,
      })
      .where('id', '=', enrolmentId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw conflict(current);
  }
  const ids = results.map((each) => each.enrolmentId);
  const rows = await findEnrolments(tx.sql, caller, { classId, ids, now, language });
  // By learner: the entry lays each one's old and new result side by side.
  call.audit.change('class', classId, byLearner(ids.flatMap((id) => byId.get(id) ?? [])), byLearner(rows));
  return { rows };
});

const byLearner = (rows: readonly contract.Enrolment[]) =>
  Object.fromEntries(rows.map(({ id, mark }) => [id, { mark }]));

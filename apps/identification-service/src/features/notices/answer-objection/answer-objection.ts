import { answerObjection as operation } from '@bangfu/contracts/identification/notices';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Actor } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { changeOf, lockCases } from '../../cases/case.repository.ts';
import { changeCases, runOnCases } from '../../cases/change-cases.ts';

/**
 * Answers an objection in writing: upheld, the case goes back to verification; dismissed, its clock runs on.
 * @throws DomainError OBJECTION_UNKNOWN when it is answered already, OBJECTION_OPEN and others; Refusal 404, 409
 */
export function answerObjection(
  service: Identification,
  actor: Actor,
  objectionId: string,
  body: BodyOf<typeof operation>,
) {
  const { version, outcome, answer } = body;
  return runOnCases(service, operation, actor, { objectionId, ...body }, async (_client, sql) => {
    const [objection] = await sql.query<{ caseId: string }>(
      'SELECT case_id AS "caseId" FROM objection WHERE id = $1::uuid',
      [objectionId],
    );
    if (!objection) throw notFound();
    const files = await lockCases(sql, actor.caller, [{ caseId: objection.caseId, version }]);
    const changed = await changeCases(sql, actor, files, () => ({
      type: 'answerObjection',
      objectionId,
      outcome,
      answer,
    }));
    const [after] = changed;
    if (!after) throw new RangeError('an objection without a case');
    const { caller, now } = actor;
    await sql.query(
      `INSERT INTO objection_answer (objection_id, county_code, outcome, answer, answered_at, account_id, account_name)
       VALUES ($1::uuid, $2, $3, $4, $5::timestamptz, $6, $7)`,
      [objectionId, after.file.countyCode, outcome, answer, now.toISOString(), caller.id, caller.name],
    );
    return { answer: changeOf(after), changed, extra: { objectionId, outcome } };
  });
}

import * as contract from '@bangfu/contracts/identification/notices';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { changeOf, lockCases } from '../../cases/case.repository.ts';
import { speaking } from '../../cases/case-words.ts';
import { auditCases, changeCases } from '../../cases/change-cases.ts';

/**
 * Answers an objection in writing: upheld, the case goes back to verification; dismissed, its clock runs on.
 * @throws DomainError OBJECTION_UNKNOWN when it is answered already, OBJECTION_OPEN and others; Refusal 404, 409
 */
export const answerObjection = command(contract.answerObjection, (call) =>
  speaking(call.language, async () => {
    const { tx, caller, now, params, body } = call;
    const { objectionId } = params;
    const { version, outcome, answer } = body;
    const objection = await tx.sql
      .selectFrom('objection')
      .where('id', '=', objectionId)
      .select('case_id as caseId')
      .executeTakeFirst();
    if (!objection) throw notFound();
    const files = await lockCases(tx, caller, [{ caseId: objection.caseId, version }]);
    const changed = await changeCases(call, files, () => ({ type: 'answerObjection', objectionId, outcome, answer }));
    const [after] = changed;
    if (!after) throw new RangeError('an objection without a case');
    await tx.sql
      .insertInto('objection_answer')
      .values({
        objection_id: objectionId,
        county_code: after.file.countyCode,
        outcome,
        answer,
        answered_at: now,
        account_id: caller.id,
        account_name: caller.name,
      })
      .execute();
    auditCases(call, changed, { objectionId, outcome });
    return changeOf(after);
  }),
);

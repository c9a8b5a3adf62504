import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { answerObjection } from '@bangfu/domain/industry/declaration-notice';
import { command } from '../../../operations.ts';
import { takeStep } from '../../declarations/step.ts';
import { dropWaiting } from '../notice.repository.ts';

/**
 * Answers an objection in writing: dismissed, the clock goes on; upheld, the entity drafts again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, OBJECTION_UNKNOWN, OBJECTION_ANSWERED
 */
export const answerDividendObjection = command(contract.answerDividendObjection, (call) => {
  const { tx, caller, now } = call;
  const { declarationId, objectionId } = call.params;
  const { version, upheld, text } = call.body;
  return takeStep(call, { version, reach: 'acts' }, async (before) => {
    const after = answerObjection(before, objectionId, { upheld, text }, now);
    await tx.sql
      .updateTable('declaration_objection')
      .set({ answered_at: now, upheld, answer: text, answered_by: caller.name })
      .where('id', '=', objectionId)
      .execute();
    if (upheld) await dropWaiting(tx, declarationId, before.revision);
    return { after, change: { objection: objectionId, upheld, answer: text } };
  });
});

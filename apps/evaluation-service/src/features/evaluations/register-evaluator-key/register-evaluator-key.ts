import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { requireKeyOpen } from '@bangfu/domain/evaluation/procedure';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/**
 * Registers the key with which the evaluator signs, by the fingerprint he hands over.
 * @throws DomainError EVALUATOR_KEY_TOO_LATE, EVALUATOR_KEY_FIXED @throws Refusal 409
 */
export const registerEvaluatorKey = command(contract.registerEvaluatorKey, async (call) => {
  const { params, body, tx, caller, now, audit } = call;
  const { version, fingerprint, holder } = body;
  const before = await getVisible(tx.sql, params.evaluationId, caller);
  requireKeyOpen(before.state, before.signer !== null);
  const after = await moveOn(tx, before, version, caller, {
    evaluator_key: fingerprint,
    evaluator_key_holder: holder,
    evaluator_key_at: now,
    evaluator_key_by: caller.name,
  });
  audit.entry('evaluation', before.id, { before: before.signer, after: { fingerprint, holder } });
  return after;
});

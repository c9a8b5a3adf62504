import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Evaluation as Shown, registerEvaluatorKey as operation } from '@bangfu/contracts/evaluation/evaluations';
import { requireKeyOpen } from '@bangfu/domain/evaluation/procedure';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../evaluation.repository.ts';

/**
 * Registers the key with which the evaluator signs, by the fingerprint he hands over.
 * @throws DomainError EVALUATOR_KEY_TOO_LATE, EVALUATOR_KEY_FIXED @throws Refusal 409
 */
export function registerEvaluatorKey(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  { version, fingerprint, holder }: BodyOf<typeof operation>,
): Promise<Shown> {
  const input = { evaluationId, version, fingerprint, holder };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    requireKeyOpen(before.state, before.signer !== null);
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      evaluatorKey: fingerprint,
      evaluatorKeyHolder: holder,
      evaluatorKeyAt: actor.now,
      evaluatorKeyBy: actor.caller.name,
    });
    const change = { before: before.signer, after: { fingerprint, holder } };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}

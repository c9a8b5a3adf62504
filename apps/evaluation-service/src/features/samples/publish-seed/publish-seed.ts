import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { publishSeed as operation } from '@bangfu/contracts/evaluation/samples';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { drawer } from '@bangfu/domain/evaluation/random';
import { sha256 } from '@bangfu/service-kit/audit/hash';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';

/**
 * Records the seed with its time, once, after the frame's hash is known and before anything is drawn.
 * @throws DomainError SEED_INVALID, EVALUATION_NOT_FROZEN @throws Refusal 409
 */
export function publishSeed(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  { version, seed, source }: BodyOf<typeof operation>,
): Promise<Shown> {
  const input = { evaluationId, version, seed, source };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'seed');
    drawer(seed, 'villages', sha256);
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      state: 'seeded',
      seed,
      seedSource: source,
      seedPublishedAt: actor.now,
      seedPublishedBy: actor.caller.name,
    });
    const change = { before: { seed: null }, after: { seed, source, frame: before.frame?.hash ?? null } };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}

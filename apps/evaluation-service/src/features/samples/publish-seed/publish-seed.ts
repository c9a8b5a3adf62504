import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { publishSeed as operation } from '@bangfu/contracts/evaluation/samples';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherAccount, seedSource } from '@bangfu/domain/evaluation/procedure';
import { drawer } from '@bangfu/domain/evaluation/random';
import { sha256 } from '@bangfu/platform/audit/hash';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';

/**
 * Records the seed a public event gave with its time, once, after the frame's hash is known and before anything is
 * drawn. Another account than the one that froze the frame does it.
 * @throws DomainError SEED_INVALID, EVALUATION_NOT_FROZEN, SEED_BY_FREEZER and those of seedSource @throws Refusal 409
 */
export function publishSeed(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  { version, seed, source: given }: BodyOf<typeof operation>,
): Promise<Shown> {
  const input = { evaluationId, version, seed, source: given ?? null };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'seed');
    requireOtherAccount({ freeze: before.frame?.accountId }, 'seed', actor.caller.id);
    const source = seedSource(before.seedPlan, given, actor.now);
    drawer(seed, 'villages', sha256);
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      state: 'seeded',
      seed,
      seedSource: source,
      seedPublishedAt: actor.now,
      seedPublishedBy: actor.caller.name,
      seedAccountId: actor.caller.id,
    });
    const change = { before: { seed: null }, after: { seed, source, frame: before.frame?.hash ?? null } };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}

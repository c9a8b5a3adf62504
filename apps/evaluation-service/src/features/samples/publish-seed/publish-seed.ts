import * as contract from '@bangfu/contracts/evaluation/samples';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherAccount, seedSource } from '@bangfu/domain/evaluation/procedure';
import { drawer } from '@bangfu/domain/evaluation/random';
import { sha256 } from '@bangfu/platform/audit/hash';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';

/**
 * Records the seed a public event gave with its time, once, after the frame's hash is known and before anything is
 * drawn. Another account than the one that froze the frame does it.
 * @throws DomainError SEED_INVALID, EVALUATION_NOT_FROZEN, SEED_BY_FREEZER and those of seedSource @throws Refusal 409
 */
export const publishSeed = command(contract.publishSeed, async ({ params, body, tx, caller, now, audit }) => {
  const { version, seed, source: given } = body;
  const before = await getVisible(tx.sql, params.evaluationId, caller);
  demandStep(before.state, 'seed');
  requireOtherAccount({ freeze: before.frame?.accountId }, 'seed', caller.id);
  const source = seedSource(before.seedPlan, given, now);
  drawer(seed, 'villages', sha256);
  const answer = await moveOn(tx, before, version, caller, {
    state: 'seeded',
    seed,
    seed_source: source,
    seed_published_at: now,
    seed_published_by: caller.name,
    seed_account_id: caller.id,
  });
  audit.change('evaluation', before.id, { seed: null }, { seed, source, frame: before.frame?.hash ?? null });
  return answer;
});

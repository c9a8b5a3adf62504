import * as contract from '@bangfu/contracts/evaluation/samples';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireCommitted, requireOtherAccount } from '@bangfu/domain/evaluation/procedure';
import { drawer } from '@bangfu/domain/evaluation/random';
import { sha256 } from '@bangfu/platform/audit/hash';
import { seedCommitment } from '@bangfu/verifier/signed-file';
import { upload } from '../../../operations.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { openEvaluators, takeUpload } from '../../evaluations/signed-upload.ts';

/**
 * Takes the file in which the evaluator reveals the seed he committed to before the freeze, signed with his key.
 * Another account than the one that froze the frame brings it in.
 * @throws DomainError EVALUATION_NOT_FROZEN, SEED_BY_FREEZER, SEED_NOT_EVALUATORS, SEED_NOT_AS_COMMITTED, SEED_INVALID
 *   and those of openEvaluators
 */
export const revealSeed = upload(
  contract.revealSeed,
  async (call) => {
    const { sha256: file } = await takeUpload(call.kit, call.upload);
    const found = await getVisible(call.read, call.params.evaluationId, call.caller);
    demandStep(found.state, 'seed');
    const { payload, fingerprint } = await openEvaluators(call.kit, found, 'seed', file);
    return { seed: payload.toString('latin1'), fingerprint, file };
  },
  async ({ params, brought, tx, caller, now, audit }) => {
    const { seed, fingerprint, file } = brought;
    const before = await getVisible(tx.sql, params.evaluationId, caller);
    demandStep(before.state, 'seed');
    requireOtherAccount({ freeze: before.frame?.accountId }, 'seed', caller.id);
    requireCommitted(before.seedPlan, seedCommitment(seed));
    drawer(seed, 'villages', sha256);
    const answer = await moveOn(tx, before, before.version, caller, {
      state: 'seeded',
      seed,
      seed_source: before.signer?.holder ?? '',
      seed_published_at: now,
      seed_published_by: caller.name,
      seed_account_id: caller.id,
      seed_file_sha256: file,
    });
    const after = { seed, fingerprint, file, frame: before.frame?.hash ?? null };
    audit.change('evaluation', before.id, { seed: null }, after);
    return answer;
  },
);

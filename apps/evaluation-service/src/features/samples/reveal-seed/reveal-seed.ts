import type { Readable } from 'node:stream';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { revealSeed as operation } from '@bangfu/contracts/evaluation/samples';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireCommitted, requireOtherAccount } from '@bangfu/domain/evaluation/procedure';
import { drawer } from '@bangfu/domain/evaluation/random';
import { pgSql } from '@bangfu/data/sql';
import { sha256 } from '@bangfu/platform/audit/hash';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { seedCommitment } from '@bangfu/verifier/signed-file';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { openEvaluators, takeUpload } from '../../evaluations/signed-upload.ts';

/**
 * Takes the file in which the evaluator reveals the seed he committed to before the freeze, signed with his key.
 * Another account than the one that froze the frame brings it in.
 * @throws DomainError EVALUATION_NOT_FROZEN, SEED_BY_FREEZER, SEED_NOT_EVALUATORS, SEED_NOT_AS_COMMITTED, SEED_INVALID
 *   and those of openEvaluators
 */
export async function revealSeed(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  upload: Readable,
): Promise<Shown> {
  const { sha256: fileSha256 } = await takeUpload(service, upload);
  const found = await getVisible(pgSql(service.pool), evaluationId, actor.caller);
  demandStep(found.state, 'seed');
  const { payload, fingerprint } = await openEvaluators(service, found, 'seed', fileSha256);
  const seed = payload.toString('latin1');
  const input = { evaluationId, fileSha256 };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'seed');
    requireOtherAccount({ freeze: before.frame?.accountId }, 'seed', actor.caller.id);
    requireCommitted(before.seedPlan, seedCommitment(seed));
    drawer(seed, 'villages', sha256);
    const answer = await moveOn(tx, sql, before, before.version, actor.caller, {
      state: 'seeded',
      seed,
      seedSource: before.signer?.holder ?? '',
      seedPublishedAt: actor.now,
      seedPublishedBy: actor.caller.name,
      seedAccountId: actor.caller.id,
      seedFileSha256: fileSha256,
    });
    const after = { seed, fingerprint, file: fileSha256, frame: before.frame?.hash ?? null };
    const change = { before: { seed: null }, after };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}

import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import * as contract from '@bangfu/contracts/evaluation/public';
import { query } from '../../../operations.ts';
import { findFrozen } from '../../evaluations/evaluation.repository.ts';

/** Frame hash, seed and sample hash of every evaluation from the moment they exist, newest first. */
export const listPublicEvaluations = query(contract.listPublicEvaluations, async ({ read, query: asked }) => {
  const page = await findFrozen(read, asked);
  return { ...page, rows: page.rows.flatMap(published) };
});

/** The public part of an evaluation: no person of the office and no account. */
function published({ frame, seed, sample, signer, ...rest }: Shown): contract.PublicEvaluation[] {
  if (!frame) return [];
  const { id, name, frameDate, regions, design, seedPlan, earlierSeeds } = rest;
  const { hash, households, persons, registerHash, frozenAt } = frame;
  return [
    {
      id,
      name,
      frameDate,
      regions,
      design,
      seedPlan,
      earlierSeeds,
      frame: { hash, households, persons, registerHash, frozenAt },
      seed: seed && {
        text: seed.text,
        source: seedPlan?.kind === 'evaluator' ? null : seed.source,
        publishedAt: seed.publishedAt,
      },
      sample: sample && {
        hash: sample.hash,
        villages: sample.villages,
        households: sample.households,
        replacements: sample.replacements,
        drawnAt: sample.drawnAt,
      },
      signer: signer && { fingerprint: signer.fingerprint, registeredAt: signer.registeredAt },
    },
  ];
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { listPublicEvaluations as operation, PublicEvaluation } from '@bangfu/contracts/evaluation/public';
import { pgSql } from '@bangfu/data/sql';
import type { Evaluation } from '../../../db/client.ts';
import { findFrozen } from '../../evaluations/evaluation.repository.ts';

/** Frame hash, seed and sample hash of every evaluation from the moment they exist, newest first. */
export async function listPublicEvaluations(
  service: Evaluation,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const page = await findFrozen(pgSql(service.readPool), query);
  return { ...page, rows: page.rows.flatMap(published) };
}

/** The public part of an evaluation: no person of the office and no account. */
function published({ frame, seed, sample, signer, ...rest }: Shown): PublicEvaluation[] {
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

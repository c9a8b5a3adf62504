import { z } from 'zod';
import { Count, Day, Instant, page, PageQuery, Sha256, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { EarlierSeed } from './evaluations.ts';
import { Design, SeedPlan } from './plan.ts';

/** What anybody may read of an evaluation: enough to check frame, seed and sample, and no name. */
export const PublicEvaluation = z
  .object({
    id: Uuid,
    name: z.string(),
    frameDate: Day,
    regions: z.array(z.string()),
    design: Design,
    frame: z.object({
      hash: Sha256,
      households: Count,
      persons: Count,
      registerHash: Sha256.nullable(),
      frozenAt: Instant,
    }),
    seedPlan: SeedPlan.nullable(),
    /** The source is null when the evaluator revealed a seed of his own. */
    seed: z.object({ text: z.string(), source: z.string().nullable(), publishedAt: Instant }).nullable(),
    sample: z
      .object({ hash: Sha256, villages: Count, households: Count, replacements: Count, drawnAt: Instant })
      .nullable(),
    signer: z.object({ fingerprint: Sha256, registeredAt: Instant }).nullable(),
    earlierSeeds: z.array(EarlierSeed),
  })
  .meta({ id: 'PublicEvaluation' });
export type PublicEvaluation = z.output<typeof PublicEvaluation>;

export const PublicEvaluations = page(PublicEvaluation).meta({ id: 'PublicEvaluations' });

export const listPublicEvaluations = operation({
  id: 'listPublicEvaluations',
  owner: 'evaluation',
  method: 'GET',
  path: '/public/evaluations',
  summary: {
    zh: '公开的评估记录：抽样框校验值、种子、样本校验值及时间',
    en: 'What is published of each evaluation: frame hash, seed, sample hash and their instants',
  },
  access: 'public',
  unsorted: 'a public page shows the newest first',
  query: PageQuery,
  answer: PublicEvaluations,
});

import { type RateResult, RateResult as RateResultSchema } from '@bangfu/contracts/evaluation/rates';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { z } from 'zod';
import type { Tables } from '../../operations.ts';

const FormerRate = z.object({
  hits: z.int(),
  cases: z.int(),
  value: z.number().nullable(),
  weighted: z.object({ value: z.number() }).nullable(),
  met: z.boolean().nullable(),
});
const FormerSet = z.object({
  wrongExit: FormerRate,
  missed: FormerRate,
  approval: FormerRate,
  composite: FormerRate.pick({ value: true, weighted: true, met: true }),
  verdict: z.enum(['accepted', 'not-accepted', 'incomplete']),
});
const FormerResult = z.looseObject({
  county: FormerSet,
  townships: z.array(z.looseObject({ rates: FormerSet })),
  strata: z.array(z.looseObject({ rates: FormerSet })),
});

const estimate = ({ weighted }: { weighted: { value: number } | null }) =>
  weighted && { value: weighted.value, interval: null };
const rate = ({ hits, cases, value, weighted }: z.output<typeof FormerRate>) => ({
  hits,
  cases,
  found: { hits, cases },
  households: 0,
  caseHouseholds: 0,
  value,
  weighted: estimate({ weighted }),
});
const figures = ({ wrongExit, missed, approval, composite }: z.output<typeof FormerSet>) => ({
  wrongExit: rate(wrongExit),
  missed: rate(missed),
  approval: rate(approval),
  composite: { value: composite.value, weighted: estimate(composite) },
});
const judged = ({ met }: { met: boolean | null }) => ({
  met,
  verdict: met === null ? 'not-shown' : met ? 'accepted' : 'not-accepted',
  reason: met === null ? 'few-households' : null,
});

/**
 * A result as it is kept. Those of the release before keep ratios and verdict as they were given, and are marked: their
 * intervals did not hold and are left out, what was incomplete is not shown, townships and strata have no verdict.
 * Computing again adds a result by today's rules; kept results are never changed.
 */
function readStoredResult(stored: unknown): RateResult {
  const known = RateResultSchema.safeParse(stored);
  if (known.success) return known.data;
  const former = FormerResult.parse(stored);
  const { wrongExit, missed, approval, composite } = figures(former.county);
  return RateResultSchema.parse({
    ...former,
    former: true,
    county: {
      wrongExit: { ...wrongExit, ...judged(former.county.wrongExit) },
      missed: { ...missed, ...judged(former.county.missed) },
      approval: { ...approval, ...judged(former.county.approval) },
      composite: { ...composite, ...judged(former.county.composite) },
      verdict: former.county.verdict === 'incomplete' ? 'not-shown' : former.county.verdict,
    },
    townships: former.townships.map((township) => ({ ...township, villages: 0, rates: figures(township.rates) })),
    strata: former.strata.map((stratum) => ({ ...stratum, rates: figures(stratum.rates) })),
  });
}

/** The latest result of an evaluation; null when nothing was computed yet. */
export async function findLatestResult(read: ReadSql<Tables>, evaluationId: string): Promise<RateResult | null> {
  const kept = await read
    .selectFrom('rate_result')
    .select('result')
    .where('evaluation_id', '=', evaluationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return kept ? readStoredResult(kept.result) : null;
}

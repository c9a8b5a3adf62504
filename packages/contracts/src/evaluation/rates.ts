import { VERDICT_REASONS, VERDICTS } from '@bangfu/domain/evaluation/verdict';
import { z } from 'zod';
import { Count, Instant, Uuid, Version } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { EVALUATION_OFFICE, EVALUATION_READERS, EvaluationParams } from './evaluations.ts';
import { StratumCode, Thresholds } from './plan.ts';

const Ratio = z.number();
const Interval = z.object({ low: Ratio, high: Ratio }).nullable();
const Weighted = z.object({ value: Ratio, interval: Interval }).nullable();

/** One ratio: the plain one is the official figure; beside it the design-weighted estimate with its 95 % interval. */
export const Rate = z
  .object({
    hits: Count,
    cases: Count,
    /** The same by the persons the enumerators found; cases are those registered on the frame's day. */
    found: z.object({ hits: Count, cases: Count }),
    /** Households interviewed for it, and those with a hit. */
    households: Count,
    caseHouseholds: Count,
    value: Ratio.nullable(),
    weighted: Weighted,
  })
  .meta({ id: 'EvaluationRate' });
export type Rate = z.output<typeof Rate>;

export const Verdict = z.enum(VERDICTS);

/** Whether the official figure meets its threshold, and whether the sample shows it; if not, why. */
const Judgement = z.object({
  met: z.boolean().nullable(),
  verdict: Verdict,
  reason: z.enum(VERDICT_REASONS).nullable(),
});
const Composite = z.object({ value: Ratio.nullable(), weighted: Weighted });

/** The three rates and one degree of a set of households. */
export const RateSet = z
  .object({
    wrongExit: Rate,
    missed: Rate,
    approval: Rate,
    composite: Composite,
  })
  .meta({ id: 'EvaluationRateSet' });
export type RateSet = z.output<typeof RateSet>;

/** The evaluated county's, each figure judged; townships and strata have no verdict. */
export const CountyRates = z
  .object({
    wrongExit: Rate.extend(Judgement.shape),
    missed: Rate.extend(Judgement.shape),
    approval: Rate.extend(Judgement.shape),
    composite: Composite.extend(Judgement.shape),
    verdict: Verdict,
  })
  .meta({ id: 'EvaluationCountyRates' });
export type CountyRates = z.output<typeof CountyRates>;

const Coverage = z.object({ sampled: Count, interviewed: Count, replaced: Count, missing: Count });

export const RateResult = z
  .object({
    id: Uuid,
    computedAt: Instant,
    computedBy: z.string(),
    thresholds: Thresholds,
    returns: Count,
    /** Households drawn, interviewed, interviewed in place of another, and neither interviewed nor replaced. */
    coverage: Coverage,
    county: CountyRates,
    /** Computed by the rules of a former release, whose intervals did not hold; computing again mends it. */
    former: z.boolean(),
    /** With fewer than three sampled villages a township has counts and no estimates. */
    townships: z.array(Coverage.extend({ code: z.string(), name: z.string(), villages: Count, rates: RateSet })),
    strata: z.array(Coverage.extend({ stratum: StratumCode, persons: Count, rates: RateSet })),
  })
  .meta({ id: 'EvaluationRateResult' });
export type RateResult = z.output<typeof RateResult>;

export const computeRates = operation({
  id: 'computeEvaluationRates',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/rates',
  summary: { zh: '测算三率一度', en: 'Compute the three rates and one degree from the returns that stand' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.rates.computed',
  params: EvaluationParams,
  body: z.object({ version: Version }),
  answer: RateResult,
});

export const getRates = operation({
  id: 'getEvaluationRates',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/rates',
  summary: { zh: '三率一度测算结果', en: 'The latest three rates and one degree' },
  access: EVALUATION_READERS,
  params: EvaluationParams,
  answer: RateResult,
});

import { z } from 'zod';
import { Count, Instant, Uuid, Version } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { EVALUATION_OFFICE, EVALUATION_READERS, EvaluationParams } from './evaluations.ts';
import { StratumCode, Thresholds } from './plan.ts';

const Ratio = z.number();
const Interval = z.object({ low: Ratio, high: Ratio }).nullable();
const Weighted = z.object({ value: Ratio, interval: Interval }).nullable();

/** One ratio: plain with Wilson's interval, beside it the design-weighted estimate. */
export const Rate = z
  .object({
    hits: Count,
    cases: Count,
    value: Ratio.nullable(),
    interval: Interval,
    weighted: Weighted,
    met: z.boolean().nullable(),
  })
  .meta({ id: 'EvaluationRate' });
export type Rate = z.output<typeof Rate>;

export const Verdict = z.enum(['accepted', 'not-accepted', 'incomplete']);

/** The three rates and one degree of a set of households. */
export const RateSet = z
  .object({
    wrongExit: Rate,
    missed: Rate,
    approval: Rate,
    composite: z.object({ value: Ratio.nullable(), weighted: Weighted, met: z.boolean().nullable() }),
    verdict: Verdict,
  })
  .meta({ id: 'EvaluationRateSet' });
export type RateSet = z.output<typeof RateSet>;

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
    county: RateSet,
    townships: z.array(Coverage.extend({ code: z.string(), name: z.string(), rates: RateSet })),
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

import { STRATA } from '@bangfu/domain/evaluation/frame';
import { z } from 'zod';
import { Day, RegionCode, Sha256, Uuid } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';

const BasisPoints = z.int().min(0).max(10_000);
export const StratumCode = z.enum(STRATA);

/** The figures an evaluation is judged by: the version of the policy in force on the day its frame is frozen. */
export const Thresholds = z
  .object({
    compositeBp: BasisPoints,
    wrongExitBp: BasisPoints,
    missedBp: BasisPoints,
    approvalBp: BasisPoints,
    // Results of former releases had these two as they were shipped.
    minInterviewedBp: BasisPoints.default(8000),
    minHouseholds: z.int().min(1).max(10_000).default(30),
    document: z.string().default(''),
    paragraph: z.string().default(''),
    /** The version of the policy; null for evaluations of former releases. */
    policyId: Uuid.nullable().default(null),
  })
  .meta({ id: 'EvaluationThresholds' });

/** How the sample is drawn; `take` is households per stratum in each drawn village. */
export const Design = z
  .object({
    villages: z.int().min(1).max(5000),
    take: z.record(StratumCode, z.int().min(0).max(1000)),
    replacements: z.int().min(0).max(100),
  })
  .meta({ id: 'EvaluationDesign' });

/**
 * Where the seed will come from: the number of a public event on its day, or the evaluator's own, of which the plan
 * holds the SHA-256 until he reveals it in a signed file.
 */
const seedPlanOn = (day: typeof Day) =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('public-event'), event: z.string().trim().min(2).max(150), day }),
    z.object({ kind: z.literal('evaluator'), commitment: Sha256 }),
  ]);
/** The seed as it is kept. */
export const SeedPlan = seedPlanOn(Day).meta({ id: 'EvaluationSeedPlan' });

export const EvaluationPlan = z
  .object({
    name: z.string().trim().min(2).max(100),
    frameDate: DayInput,
    regions: z.array(RegionCode).min(1).max(50),
    design: Design,
    /** The field period; a visit outside it does not count. */
    fieldFrom: DayInput,
    fieldTo: DayInput,
    /** Needed before the frame is frozen; frames of an earlier release have none. */
    seedPlan: seedPlanOn(DayInput).nullable().default(null),
  })
  .meta({ id: 'EvaluationPlan' });
export type EvaluationPlan = z.output<typeof EvaluationPlan>;

import type { Estimate } from './interval.ts';
import type { Rate, RateFigures, RatePopulation } from './rates.ts';
import type { RateThresholds } from './thresholds.ts';

export const VERDICTS = ['accepted', 'not-accepted', 'not-shown'] as const;
/** Accepted, not accepted, or not shown: the sample leaves it open (domain §10). */
export type Verdict = (typeof VERDICTS)[number];

/** Why something is not shown. */
export const VERDICT_REASONS = [
  /** A frame of the first format does not say which rate covers its monitored households. */
  'status-unknown',
  /** Fewer of the sample were interviewed than the policy asks for. */
  'few-interviews',
  /** Fewer households were interviewed for this rate than the policy asks for. */
  'few-households',
  /** The interval still contains the threshold. */
  'interval',
  /** The official ratio lies on the other side of the threshold than the interval. */
  'ratio-differs',
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

export interface Judgement {
  /** Whether the official ratio meets the threshold, compared exactly; null when there is none. */
  readonly met: boolean | null;
  readonly verdict: Verdict;
  readonly reason: VerdictReason | null;
}

/** The figures of the evaluated county, each with its judgement, and the verdict. */
export interface CountyRates {
  readonly wrongExit: Rate & Judgement;
  readonly missed: Rate & Judgement;
  readonly approval: Rate & Judgement;
  readonly composite: RateFigures['composite'] & Judgement;
  readonly verdict: Verdict;
}

/** Households of the sample, and those of them, or in place of one, that were interviewed. */
interface Reached {
  readonly sampled: number;
  readonly interviewed: number;
  readonly replaced: number;
}

const NOT_CONCERNED: Judgement = { met: true, verdict: 'accepted', reason: null };

/**
 * Accepted or not accepted only where ratio and interval both lie on one side of the threshold; `meets` and `fails` say
 * so of the interval.
 */
function judge(met: boolean | null, estimate: Estimate | null, sides: Sides, lack: VerdictReason | null): Judgement {
  const interval = estimate?.interval ?? null;
  if (lack) return { met, verdict: 'not-shown', reason: lack };
  if (met === null || interval === null) return { met, verdict: 'not-shown', reason: 'few-households' };
  const side = sides.meets(interval) ? true : sides.fails(interval) ? false : null;
  if (side === null) return { met, verdict: 'not-shown', reason: 'interval' };
  if (side !== met) return { met, verdict: 'not-shown', reason: 'ratio-differs' };
  return { met, verdict: side ? 'accepted' : 'not-accepted', reason: null };
}

interface Sides {
  readonly meets: (interval: { readonly low: number; readonly high: number }) => boolean;
  readonly fails: (interval: { readonly low: number; readonly high: number }) => boolean;
}

const below = (bp: number): Sides => ({
  meets: ({ high }) => high < bp / 10_000,
  fails: ({ low }) => low >= bp / 10_000,
});
const atLeast = (bp: number): Sides => ({
  meets: ({ low }) => low >= bp / 10_000,
  fails: ({ high }) => high < bp / 10_000,
});

/** Whether hits ÷ cases lies below a threshold, in whole numbers; null without cases. */
const isBelow = ({ hits, cases }: Rate, bp: number): boolean | null =>
  cases === 0 ? null : BigInt(hits) * 10_000n < BigInt(bp) * BigInt(cases);

/** Whether the official composite incidence lies below its threshold, in whole numbers. */
function isCompositeBelow(figures: RateFigures, population: RatePopulation, bp: number): boolean | null {
  if (figures.composite.value === null) return null;
  // A rate of nobody is 0 of 1.
  const part = ({ hits, cases }: Rate) => (cases === 0 ? [0n, 1n] : [BigInt(hits), BigInt(cases)]) as [bigint, bigint];
  const [wrong, exited] = part(figures.wrongExit);
  const [missed, general] = part(figures.missed);
  const cases = exited * general;
  const poor =
    BigInt(population.registeredPoor) * cases +
    wrong * general * BigInt(population.exited) +
    missed * exited * BigInt(population.notRegistered);
  return poor * 10_000n < BigInt(bp) * BigInt(population.rural) * cases;
}

/**
 * The verdict of an evaluation: one figure not accepted is enough, one not shown leaves it open. The plain ratio stays
 * the official figure; the interval says whether the sample shows it.
 */
export function judgeRates(
  figures: RateFigures,
  population: RatePopulation,
  thresholds: RateThresholds,
  reached: Reached,
): CountyRates {
  const isReached =
    reached.sampled > 0 &&
    (reached.interviewed + reached.replaced) * 10_000 >= thresholds.minInterviewedBp * reached.sampled;
  const lackOf = (isKnown: boolean, ...rates: readonly Rate[]): VerdictReason | null => {
    if (!isKnown) return 'status-unknown';
    if (!isReached) return 'few-interviews';
    return rates.some(({ households }) => households < thresholds.minHouseholds) ? 'few-households' : null;
  };
  const isKnown = population.unknown === 0;
  const rate = (figure: Rate, persons: number, bp: number): Judgement =>
    persons === 0 && isKnown
      ? NOT_CONCERNED
      : judge(isBelow(figure, bp), figure.weighted, below(bp), lackOf(isKnown, figure));
  const { approval, composite } = figures;
  const approves =
    approval.cases === 0
      ? null
      : BigInt(approval.hits) * 10_000n >= BigInt(thresholds.approvalBp) * BigInt(approval.cases);
  const concerned = [
    ...(population.exited > 0 ? [figures.wrongExit] : []),
    ...(population.notRegistered > 0 ? [figures.missed] : []),
  ];
  const judged = {
    wrongExit: { ...figures.wrongExit, ...rate(figures.wrongExit, population.exited, thresholds.wrongExitBp) },
    missed: { ...figures.missed, ...rate(figures.missed, population.notRegistered, thresholds.missedBp) },
    approval: {
      ...approval,
      ...judge(approves, approval.weighted, atLeast(thresholds.approvalBp), lackOf(true, approval)),
    },
    composite: {
      ...composite,
      ...judge(
        isCompositeBelow(figures, population, thresholds.compositeBp),
        composite.weighted,
        below(thresholds.compositeBp),
        lackOf(isKnown, ...concerned),
      ),
    },
  };
  const all = Object.values(judged).map(({ verdict }) => verdict);
  const verdict = all.includes('not-accepted') ? 'not-accepted' : all.includes('not-shown') ? 'not-shown' : 'accepted';
  return { ...judged, verdict };
}

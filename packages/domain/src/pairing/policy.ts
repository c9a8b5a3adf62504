/**
 * One step of a quota set: the most households a helper of the rank answers for, and how strongly the plan draws the
 * rank to harder villages (0 = not). Ranks and quotas are policy data; the sets below are the shipped ones.
 */
export interface RankRule {
  readonly rank: string;
  readonly quota: number;
  readonly pull: number;
}

/** Names of the shipped ranks, from the highest. `section-head` is the step that the five-figure sets have more. */
export const RANK_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'county-leader': { zh: '县级领导', en: 'County leader' },
  'township-department-head': { zh: '乡镇、部门正职', en: 'Township or department head' },
  deputy: { zh: '副职', en: 'Deputy' },
  'section-head': { zh: '中层干部', en: 'Section head' },
  staff: { zh: '一般干部', en: 'Staff' },
};

const fiveSteps = (quotas: readonly [number, number, number, number, number]): readonly RankRule[] => [
  { rank: 'county-leader', quota: quotas[0], pull: 4 },
  { rank: 'township-department-head', quota: quotas[1], pull: 3 },
  { rank: 'deputy', quota: quotas[2], pull: 2 },
  { rank: 'section-head', quota: quotas[3], pull: 1 },
  { rank: 'staff', quota: quotas[4], pull: 0 },
];

/** The common quota sets (domain §7). */
export const QUOTA_SETS = {
  '5321': [
    { rank: 'county-leader', quota: 5, pull: 3 },
    { rank: 'township-department-head', quota: 3, pull: 2 },
    { rank: 'deputy', quota: 2, pull: 1 },
    { rank: 'staff', quota: 1, pull: 0 },
  ],
  '54321': fiveSteps([5, 4, 3, 2, 1]),
  '87654': fiveSteps([8, 7, 6, 5, 4]),
} as const satisfies Record<string, readonly RankRule[]>;

/**
 * What the optimal plan weighs, in whole points per household: `distance` for each step of village distance from the
 * villages of the helper's unit, `change` when the household does not keep today's helper, `leadership` for each degree
 * by which its village is easier than the hardest one, times the rank's pull.
 */
export interface PlanPolicy {
  readonly ranks: readonly RankRule[];
  readonly weights: { readonly distance: number; readonly change: number; readonly leadership: number };
}

/**
 * The most households a cadre answers for: his rank's quota, or less where a figure of his own says so. An own figure
 * never lifts the policy's (domain §7: quotas by rank are policy data).
 */
export function effectiveQuota(byRank: number, own: number | null): number {
  return own === null ? byRank : Math.min(byRank, own);
}

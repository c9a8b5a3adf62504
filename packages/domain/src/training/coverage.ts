/** The register's words for who is able to labour. */
export const ABLE_TO_LABOUR = ['skilled', 'ordinary', 'weak'] as const;

/** A household for the count of "one skill per household" (一户一技能). */
export interface SkillHousehold {
  readonly village: string;
  /** Members of working age able to labour. */
  readonly labour: number;
  /** Members of today, able to labour, who hold a valid certificate; who left or died carries no skill (domain §9). */
  readonly skilled: number;
}

export interface SkillCoverage {
  /** Households with able labour. */
  readonly households: number;
  /** Of these, with at least one certificate. */
  readonly skilled: number;
  /** skilled ÷ households in basis points, rounded down so that 100 % means all; null without such households. */
  readonly coverageBp: number | null;
}

/** Coverage by village, in the order of the village codes. Households without able labour do not count (domain §9). */
export function skillCoverage(households: readonly SkillHousehold[]): Map<string, SkillCoverage> {
  const counts = new Map<string, { households: number; skilled: number }>();
  for (const household of households) {
    const count = counts.get(household.village) ?? { households: 0, skilled: 0 };
    counts.set(household.village, count);
    if (household.labour === 0) continue;
    count.households += 1;
    if (household.skilled > 0) count.skilled += 1;
  }
  const order = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(order.map(([village, count]) => [village, withShare(count)]));
}

/** Adds up villages to a township or the county. */
export function totalCoverage(parts: Iterable<SkillCoverage>): SkillCoverage {
  const sum = { households: 0, skilled: 0 };
  for (const part of parts) {
    sum.households += part.households;
    sum.skilled += part.skilled;
  }
  return withShare(sum);
}

function withShare(count: { households: number; skilled: number }): SkillCoverage {
  const coverageBp = count.households === 0 ? null : Math.floor((count.skilled * 10_000) / count.households);
  return { ...count, coverageBp };
}

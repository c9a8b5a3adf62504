import type { BusinessDay } from '../../shared/time.ts';
import type { HouseholdRecord, MemberRecord, VillageRecord } from '../household/record.ts';
import type { QualityPolicy } from '../policy/policy.ts';

/** An error blocks approval, a warning needs an explanation. */
export type Severity = 'error' | 'warning';

/** What a rule says. */
export type RuleText = Pick<RuleData<never>, 'message'>;

/** What every rule of data-quality-rules.md is besides its function. */
interface RuleData<Subject> {
  /** The national system's id where known, `x_…` ours. */
  readonly id: string;
  readonly severity: Severity;
  /** The fields it points at. */
  readonly fields: readonly (keyof Subject & string)[];
  /** A figure of the policy is a placeholder, filled in by `ruleMessage`; no threshold is typed. */
  readonly message: { readonly zh: string; readonly en: string };
}

/** What the rules of one run share. */
export interface RuleContext {
  readonly today: BusinessDay;
  readonly quality: QualityPolicy;
  /** The county's monitoring line of a year in fen; NaN when there is none, so that no comparison holds. */
  readonly monitoringLineFen: (year: number) => number;
}

/** The person's surroundings. One object is filled anew for every person: keep nothing of it. */
export interface PersonContext extends RuleContext {
  readonly household: HouseholdRecord;
  readonly head: MemberRecord | null;
  readonly spouse: MemberRecord | null;
  /** Completed years on the check date; NaN without a birth date, so that no comparison holds. */
  readonly age: number;
}

export interface PersonRule extends RuleData<MemberRecord> {
  readonly object: 'person';
  /** Whether a living person breaks the rule. */
  readonly breaks: (person: MemberRecord, context: PersonContext) => boolean;
}

export interface HouseholdRule extends RuleData<HouseholdRecord> {
  readonly object: 'household';
  readonly breaks: (household: HouseholdRecord, context: RuleContext) => boolean;
}

export interface VillageRule extends RuleData<VillageRecord> {
  readonly object: 'village';
  readonly breaks: (village: VillageRecord) => boolean;
}

/** A rule over all persons at hand, which the store answers; see `repeatedKeys`. */
export interface SetRule extends RuleData<MemberRecord> {
  readonly object: 'person';
  readonly setBased: true;
}

/**
 * The context of a run over one county on a day.
 * @param lineOf the county's monitoring line of a year in fen; null for a year that has none
 */
export function ruleContext(
  quality: QualityPolicy,
  today: BusinessDay,
  lineOf: (year: number) => number | null,
): RuleContext {
  const known = new Map<number, number>();
  const monitoringLineFen = (year: number): number => {
    let amount = known.get(year);
    if (amount === undefined) {
      amount = lineOf(year) ?? Number.NaN;
      known.set(year, amount);
    }
    return amount;
  };
  return { today, quality, monitoringLineFen };
}

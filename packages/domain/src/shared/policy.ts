import { demand } from './errors.ts';
import { addDays, type BusinessDay } from './time.ts';

/** Where a version of a policy is: drafted, in force from its day on, or withdrawn before it took effect. */
export const POLICY_STATES = ['draft', 'approved', 'withdrawn'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** A version drafted further ahead than this is commonly a slip in its year. */
const MAX_AHEAD_DAYS = 366;

/** When a version of a policy takes effect, and for whom. */
export interface PolicyPeriod {
  readonly validFrom: BusinessDay;
  /** Null: shipped with the product. */
  readonly countyCode: string | null;
  /** Of a shipped version: the division it is for by the beginning of its code; empty for the whole country. */
  readonly region: string;
}

const yearOf = (day: string) => day.slice(0, 4);

/** The nearest division first, of it the latest day. */
const byPrecedence = (a: PolicyPeriod, b: PolicyPeriod): number =>
  Number(a.countyCode === null) - Number(b.countyCode === null) ||
  b.region.length - a.region.length ||
  (a.validFrom < b.validFrom ? 1 : -1);

/**
 * The version in force in a county on a day: its own before its province's before the country's, of each the latest.
 * A yearly policy holds in the year of its day only: no year borrows the figure of another (domain §3).
 * @param versions approved ones
 */
export function versionOn<Version extends PolicyPeriod>(
  versions: readonly Version[],
  { county, day, isYearly }: { readonly county: string; readonly day: BusinessDay; readonly isYearly: boolean },
): Version | null {
  const candidates = versions.filter(
    (version) =>
      (version.countyCode === null ? county.startsWith(version.region) : version.countyCode === county) &&
      version.validFrom <= day &&
      (!isYearly || yearOf(version.validFrom) === yearOf(day)),
  );
  return candidates.toSorted(byPrecedence)[0] ?? null;
}

/** What a version is drafted or approved against: the day, and the days that have a version of the county already. */
export interface PolicyCalendar {
  readonly today: BusinessDay;
  readonly isYearly: boolean;
  /** Days of the approved versions that count in the county. */
  readonly approvedDays: readonly BusinessDay[];
  /** The same, of the county's own versions only. */
  readonly ownDays: readonly BusinessDay[];
}

/**
 * Requires that a version changes nothing that was decided already: it takes effect today or later. A yearly version
 * begins on 1 January; for a year that has begun it is taken while the year has no version, for then nothing could be
 * decided by it.
 * @throws DomainError POLICY_DAY_PAST, POLICY_DAY_TAKEN, POLICY_NOT_NEW_YEAR, POLICY_YEAR_DECIDED, DAY_TOO_LATE
 */
export function requirePolicyDay(validFrom: BusinessDay, calendar: PolicyCalendar): void {
  const { today, isYearly, approvedDays, ownDays } = calendar;
  const until = addDays(today, MAX_AHEAD_DAYS);
  demand(validFrom <= until, 'DAY_TOO_LATE', { day: validFrom, until });
  if (isYearly) {
    const year = yearOf(validFrom);
    demand(validFrom.endsWith('-01-01'), 'POLICY_NOT_NEW_YEAR', { day: validFrom });
    const isDecided = validFrom <= today && approvedDays.some((day) => yearOf(day) === year);
    demand(!isDecided, 'POLICY_YEAR_DECIDED', { year });
  } else {
    demand(validFrom >= today, 'POLICY_DAY_PAST', { day: validFrom, today });
  }
  demand(!ownDays.includes(validFrom), 'POLICY_DAY_TAKEN', { day: validFrom });
}

/** How far a version has come, and through whose hands. */
export interface PolicyProgress {
  readonly state: PolicyState;
  readonly validFrom: BusinessDay;
  readonly draftedBy: string;
  readonly approvedBy: string | null;
}

/**
 * Requires that a draft is approved by another person than its drafter, before it would change what was decided.
 * @throws DomainError POLICY_NOT_DRAFT, POLICY_OWN and those of its day
 */
export function requireApprovable(policy: PolicyProgress, accountId: string, calendar: PolicyCalendar): void {
  demand(policy.state === 'draft', 'POLICY_NOT_DRAFT');
  demand(policy.draftedBy !== accountId, 'POLICY_OWN');
  requirePolicyDay(policy.validFrom, calendar);
}

/**
 * Requires that a version can be withdrawn: a draft, or before its day an approved one, by another person than its
 * approver.
 * @throws DomainError POLICY_WITHDRAWN, POLICY_BEGUN, POLICY_APPROVER_WITHDRAWS
 */
export function requireWithdrawable(policy: PolicyProgress, accountId: string, today: BusinessDay): void {
  demand(policy.state !== 'withdrawn', 'POLICY_WITHDRAWN');
  if (policy.state === 'draft') return;
  demand(policy.validFrom > today, 'POLICY_BEGUN', { day: policy.validFrom });
  demand(policy.approvedBy !== accountId, 'POLICY_APPROVER_WITHDRAWS');
}

/** What one field was in the version before, and is now; absent is null. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A row of a list is known by its first field where that is a text, else by its place. */
const rowName = (row: unknown, at: number): string => {
  const first = typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  return typeof first === 'string' ? first : String(at + 1);
};

/** The fields of a value by their paths, groups and rows opened: `maxAge.male`, `ranks.staff.quota`. */
export function fieldsOfValue(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  const parts = Array.isArray(value)
    ? value.map((row, at) => [rowName(row, at), row] as const)
    : Object.entries(value as Readonly<Record<string, unknown>>);
  return new Map(parts.flatMap(([name, part]) => [...fieldsOfValue(part, path ? `${path}.${name}` : name)]));
}

/** What changed between two values, field by field in the order of the later one; what is gone comes last. */
export function changedFields(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [fieldsOfValue(before ?? {}), fieldsOfValue(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

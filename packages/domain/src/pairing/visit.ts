import { demand, refusalOf } from '../shared/errors.ts';
import { addDays, type BusinessDay, businessDayOf, daysBetween } from '../shared/time.ts';

/** A household's national mark: registered poor, exited, returned. */
export type HouseholdMark = 'red' | 'green' | 'yellow';
export type VisitRhythm = 'week' | 'month';

/** Policy data: how often each mark is visited and what a visit must bring. */
export interface VisitPolicy {
  readonly rhythm: Readonly<Record<HouseholdMark, VisitRhythm>>;
  /** Visits in each week or month. */
  readonly visitsPerPeriod: number;
  readonly minPhotos: number;
  /** How far a phone's clock may run ahead, in minutes. */
  readonly clockTolerance: number;
  /** How many days after it a visit can still be recorded. */
  readonly backDays: number;
}

/** A visit as it is made in the village. A position or why there is none; coordinates are WGS 84 degrees. */
export interface Visit {
  readonly at: Date;
  readonly position?: { readonly latitude: number; readonly longitude: number };
  readonly noPositionReason?: string;
  readonly peopleMet: readonly string[];
  readonly seen: string;
  readonly needs: readonly string[];
  /** SHA-256 of each photo. */
  readonly photos: readonly string[];
  readonly acknowledgement?: { readonly kind: 'signature' | 'fingerprint' | 'code'; readonly by: string };
}

export interface VisitIssue {
  readonly code: VisitIssueCode;
  readonly params: Readonly<Record<string, string | number>>;
}
export type VisitIssueCode =
  | 'VISIT_IN_FUTURE'
  | 'VISIT_TOO_OLD'
  | 'VISIT_BEFORE_PAIRING'
  | 'VISIT_POSITION_MISSING'
  | 'VISIT_POSITION_INVALID'
  | 'VISIT_NOBODY_MET'
  | 'VISIT_NOTHING_SEEN'
  | 'VISIT_PHOTOS_MISSING'
  | 'VISIT_PHOTO_TWICE'
  | 'VISIT_NOT_ACKNOWLEDGED';

/**
 * Demands that a visit on a day lies within a pairing of the helper's own.
 * @throws DomainError VISIT_NOT_HELPER, VISIT_BEFORE_PAIRING
 */
export function demandVisitBegun(pairedFrom: BusinessDay | null, day: BusinessDay): void {
  demand(pairedFrom !== null, 'VISIT_NOT_HELPER');
  demand(day >= pairedFrom, 'VISIT_BEFORE_PAIRING', { day: pairedFrom });
}

/** Everything that keeps a visit from being recorded; empty when it is right. Needs may be none. */
export function visitIssues(
  visit: Visit,
  given: { readonly now: Date; readonly pairedFrom: BusinessDay; readonly policy: VisitPolicy },
): VisitIssue[] {
  const { now, pairedFrom, policy } = given;
  const issues: VisitIssue[] = [];
  const note = (bad: boolean, code: VisitIssueCode, params: VisitIssue['params'] = {}) => {
    if (bad) issues.push({ code, params });
  };
  const { position, acknowledgement } = visit;
  note(visit.at.getTime() > now.getTime() + policy.clockTolerance * 60_000, 'VISIT_IN_FUTURE');
  const day = businessDayOf(visit.at);
  note(day < addDays(businessDayOf(now), -policy.backDays), 'VISIT_TOO_OLD', { day, days: policy.backDays });
  const early = refusalOf(() => demandVisitBegun(pairedFrom, day));
  note(early !== null, 'VISIT_BEFORE_PAIRING', early?.params);
  note(!position && !visit.noPositionReason?.trim(), 'VISIT_POSITION_MISSING');
  note(
    position !== undefined && !(Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180),
    'VISIT_POSITION_INVALID',
  );
  note(!visit.peopleMet.some((name) => name.trim() !== ''), 'VISIT_NOBODY_MET');
  note(visit.seen.trim() === '', 'VISIT_NOTHING_SEEN');
  note(visit.photos.length < policy.minPhotos, 'VISIT_PHOTOS_MISSING', { min: policy.minPhotos });
  note(new Set(visit.photos).size < visit.photos.length, 'VISIT_PHOTO_TWICE');
  note(!acknowledgement?.by.trim(), 'VISIT_NOT_ACKNOWLEDGED');
  return issues;
}

/** A calendar month, or a week from Monday to Sunday, in Asia/Shanghai; both days included. */
export interface VisitPeriod {
  readonly first: BusinessDay;
  readonly last: BusinessDay;
}

/** The week or month a day lies in. */
export function visitPeriod(day: BusinessDay, rhythm: VisitRhythm): VisitPeriod {
  if (rhythm === 'week') {
    // 1970-01-05 was a Monday.
    const sinceMonday = (((daysBetween('1970-01-05' as BusinessDay, day) % 7) + 7) % 7) as number;
    const first = addDays(day, -sinceMonday);
    return { first, last: addDays(first, 6) };
  }
  const first = `${day.slice(0, 8)}01` as BusinessDay;
  const inNext = addDays(first, 31);
  return { first, last: addDays(`${inNext.slice(0, 8)}01` as BusinessDay, -1) };
}

export interface VisitsDue {
  readonly period: VisitPeriod;
  readonly made: number;
  readonly required: number;
  /** Last day for what is still missing in this period; null when nothing is. */
  readonly dueBy: BusinessDay | null;
  /** Whole past periods with fewer visits than required, oldest first. */
  readonly missed: readonly VisitPeriod[];
  /** Days since the end of the oldest missed period that no later visit has made good; 0 when none. */
  readonly overdueDays: number;
}

/**
 * Which visits of a household are due on a day. `visits` are the days of its visits since `since` (the day its mark and
 * pairing began to hold); a period that began before it is asked for but never counted as missed.
 */
export function visitsDue(
  household: { readonly mark: HouseholdMark; readonly since: BusinessDay; readonly visits: readonly BusinessDay[] },
  today: BusinessDay,
  policy: VisitPolicy,
): VisitsDue {
  const rhythm = policy.rhythm[household.mark];
  const required = policy.visitsPerPeriod;
  const counts = new Map<BusinessDay, number>();
  let latest: BusinessDay | undefined;
  for (const day of household.visits) {
    if (day > today) continue;
    const { first } = visitPeriod(day, rhythm);
    counts.set(first, (counts.get(first) ?? 0) + 1);
    if (latest === undefined || day > latest) latest = day;
  }
  const current = visitPeriod(today, rhythm);
  const missed: VisitPeriod[] = [];
  for (
    let p = visitPeriod(household.since, rhythm);
    p.first < current.first;
    p = visitPeriod(addDays(p.last, 1), rhythm)
  ) {
    if (p.first >= household.since && (counts.get(p.first) ?? 0) < required) missed.push(p);
  }
  const made = counts.get(current.first) ?? 0;
  const standing = missed.find((p) => latest === undefined || latest <= p.last);
  return {
    period: current,
    made,
    required,
    dueBy: made < required ? current.last : null,
    missed,
    overdueDays: standing ? daysBetween(standing.last, today) : 0,
  };
}

import { demand } from '../shared/errors.ts';
import { demandDay } from '../shared/day-bounds.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';

/** A session as it is planned: a day and two times of it (HH:MM, Asia/Shanghai). */
export interface PlannedSession {
  readonly day: BusinessDay;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The days a class runs, both counted. */
export interface Period {
  readonly begins: BusinessDay;
  readonly ends: BusinessDay;
}

export type ClassState = 'planned' | 'running' | 'ended';

/** Where a class stands on a day. */
export function classState({ begins, ends }: Period, today: BusinessDay): ClassState {
  if (today < begins) return 'planned';
  return today > ends ? 'ended' : 'running';
}

/** Two years: no class is planned further ahead, and none lasts longer. */
const MOST_DAYS = 731;
/** A session a day for the longest course that is offered, with some to spare. */
const MOST_SESSIONS = 200;

/** Checks a class's days. @throws DomainError CLASS_PERIOD, DAY_TOO_LATE */
export function checkPeriod({ begins, ends }: Period): void {
  demand(begins <= ends, 'CLASS_PERIOD');
  demandDay(ends, { until: addDays(begins, MOST_DAYS) });
}

/**
 * Checks the days of a class that is opened: nobody could enrol in one that has begun.
 * @throws DomainError CLASS_PERIOD, DAY_TOO_EARLY, DAY_TOO_LATE
 */
export function checkOpening(period: Period, today: BusinessDay): void {
  demandDay(period.begins, { from: today, until: addDays(today, MOST_DAYS) });
  checkPeriod(period);
}

/** A class that is over keeps its days, places and sessions. @throws DomainError CLASS_ENDED */
export function demandNotOver({ ends }: Pick<Period, 'ends'>, today: BusinessDay): void {
  demand(today <= ends, 'CLASS_ENDED', { day: ends });
}

/**
 * Checks other days for a class: one that has begun keeps its first day, and none ends before today.
 * @throws DomainError CLASS_ENDED, CLASS_KEEPS_BEGINNING and those of checkOpening
 */
export function checkChange(before: Period, after: Period, today: BusinessDay): void {
  demandNotOver(before, today);
  if (after.begins !== before.begins) {
    demand(today < before.begins, 'CLASS_KEEPS_BEGINNING', { day: before.begins });
    checkOpening(after, today);
  }
  checkPeriod(after);
  if (after.ends !== before.ends) demandDay(after.ends, { from: today });
}

/**
 * Checks a session against its class and the other sessions that were not cancelled.
 * @throws DomainError SESSION_TIMES, SESSION_OUTSIDE_CLASS, SESSION_OVERLAPS, CLASS_SESSIONS_FULL
 */
export function checkSession(session: PlannedSession, period: Period, others: readonly PlannedSession[]): void {
  demand(session.startsAt < session.endsAt, 'SESSION_TIMES');
  const inside = period.begins <= session.day && session.day <= period.ends;
  demand(inside, 'SESSION_OUTSIDE_CLASS', { begins: period.begins, ends: period.ends });
  const overlaps = others.some(
    (o) => o.day === session.day && o.startsAt < session.endsAt && session.startsAt < o.endsAt,
  );
  demand(!overlaps, 'SESSION_OVERLAPS', { day: session.day });
  demand(others.length < MOST_SESSIONS, 'CLASS_SESSIONS_FULL', { most: MOST_SESSIONS });
}

/** Sessions are what certificates were judged by. @throws DomainError CLASS_HAS_CERTIFICATES */
export function demandNoCertificates(group: { readonly certificates: number }): void {
  demand(group.certificates === 0, 'CLASS_HAS_CERTIFICATES');
}

/** Demands that a session was not cancelled. @throws DomainError SESSION_CANCELLED */
export function demandNotCancelled(session: { readonly day: BusinessDay; readonly cancelled: boolean }): void {
  demand(!session.cancelled, 'SESSION_CANCELLED', { day: session.day });
}

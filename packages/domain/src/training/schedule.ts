import { demand } from '../shared/errors.ts';
import type { BusinessDay } from '../shared/time.ts';

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

/** Checks a class's days. @throws DomainError CLASS_PERIOD */
export function checkPeriod({ begins, ends }: Period): void {
  demand(begins <= ends, 'CLASS_PERIOD');
}

/**
 * Checks a session against its class and the other sessions that were not cancelled.
 * @throws DomainError SESSION_TIMES, SESSION_OUTSIDE_CLASS, SESSION_OVERLAPS
 */
export function checkSession(session: PlannedSession, period: Period, others: readonly PlannedSession[]): void {
  demand(session.startsAt < session.endsAt, 'SESSION_TIMES');
  const inside = period.begins <= session.day && session.day <= period.ends;
  demand(inside, 'SESSION_OUTSIDE_CLASS', { begins: period.begins, ends: period.ends });
  const overlaps = others.some(
    (o) => o.day === session.day && o.startsAt < session.endsAt && session.startsAt < o.endsAt,
  );
  demand(!overlaps, 'SESSION_OVERLAPS', { day: session.day });
}

/** Sessions are what certificates were judged by. @throws DomainError CLASS_HAS_CERTIFICATES */
export function demandNoCertificates(group: { readonly certificates: number }): void {
  demand(group.certificates === 0, 'CLASS_HAS_CERTIFICATES');
}

/** Demands that a session was not cancelled. @throws DomainError SESSION_CANCELLED */
export function demandNotCancelled(session: { readonly day: BusinessDay; readonly cancelled: boolean }): void {
  demand(!session.cancelled, 'SESSION_CANCELLED', { day: session.day });
}

import { addDays, businessDayOf, startOfDay } from '../../shared/time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The running time of a public notice (domain §4).
 *
 * "At least N full days" means N whole calendar days in Asia/Shanghai after the opening day: the opening day itself is
 * never full and does not count, so a notice opened at any time on day D may be closed from the first instant of day
 * D+N+1. An objection stops the clock where it stands and its dismissal sets it going again from there; the time that
 * was lost is added, and as a part of a day is not a full one, closing then waits for the next midnight.
 */
export interface NoticeClock {
  /** ISO instant. */
  readonly openedAt: string;
  readonly fullDays: number;
  /** Counted time lost in pauses that have ended, in milliseconds. */
  readonly pausedMs: number;
  /** ISO instant since when the clock stands; null while it runs. */
  readonly pausedAt: string | null;
}

/** Starts a clock. `fullDays` comes from the policy in force on the opening day and stays with the notice. */
export function startClock(openedAt: Date, fullDays: number): NoticeClock {
  return { openedAt: openedAt.toISOString(), fullDays, pausedMs: 0, pausedAt: null };
}

/** The instant from which time counts: the beginning of the day after the opening day. */
const countsFrom = (clock: NoticeClock) => startOfDay(addDays(businessDayOf(new Date(clock.openedAt)), 1)).getTime();

/** Stops the clock; a clock that already stands keeps the earlier instant. */
export function pauseClock(clock: NoticeClock, at: Date): NoticeClock {
  return clock.pausedAt ? clock : { ...clock, pausedAt: at.toISOString() };
}

/** Lets the clock run on from where it stood. Only time lost after counting had begun is added. */
export function resumeClock(clock: NoticeClock, at: Date): NoticeClock {
  if (!clock.pausedAt) return clock;
  const from = Math.max(Date.parse(clock.pausedAt), countsFrom(clock));
  return { ...clock, pausedAt: null, pausedMs: clock.pausedMs + Math.max(0, at.getTime() - from) };
}

/** The first instant at which the notice may be closed, always a midnight in Shanghai; null while the clock stands. */
export function closableFrom(clock: NoticeClock): Date | null {
  if (clock.pausedAt) return null;
  const served = new Date(countsFrom(clock) + clock.fullDays * DAY_MS + clock.pausedMs);
  const midnight = startOfDay(businessDayOf(served));
  return midnight.getTime() === served.getTime() ? midnight : startOfDay(addDays(businessDayOf(served), 1));
}

/** The time that must still be counted, in whole days and (rounded up) hours; zero when all has been served. */
export function remaining(clock: NoticeClock, now: Date): { readonly days: number; readonly hours: number } {
  const until = clock.pausedAt ? Date.parse(clock.pausedAt) : now.getTime();
  const served = Math.max(0, until - countsFrom(clock) - clock.pausedMs);
  const hours = Math.ceil(Math.max(0, clock.fullDays * DAY_MS - served) / HOUR_MS);
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}

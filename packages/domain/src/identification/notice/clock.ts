import { noticeClock } from '../../shared/notice-clock.ts';

const HOUR_MS = 3_600_000;

/** A stop of the clock by objections: ISO instants; `to` is null while one of them is not answered. */
interface Stop {
  readonly from: string;
  readonly to: string | null;
}

/** The running time of a public notice, as a case keeps it. How it is counted is `shared/notice-clock`'s. */
export interface NoticeClock {
  /** ISO instant. */
  readonly openedAt: string;
  readonly fullDays: number;
  readonly stops: readonly Stop[];
}

/** Starts a clock. `fullDays` comes from the policy in force on the opening day and stays with the notice. */
export function startClock(openedAt: Date, fullDays: number): NoticeClock {
  return { openedAt: openedAt.toISOString(), fullDays, stops: [] };
}

const isStanding = (clock: NoticeClock) => clock.stops.at(-1)?.to === null;

/** Stops the clock; a clock that already stands keeps the earlier instant. */
export function pauseClock(clock: NoticeClock, at: Date): NoticeClock {
  return isStanding(clock) ? clock : { ...clock, stops: [...clock.stops, { from: at.toISOString(), to: null }] };
}

/** Lets the clock run on from where it stood. */
export function resumeClock(clock: NoticeClock, at: Date): NoticeClock {
  const last = clock.stops.at(-1);
  if (last?.to !== null) return clock;
  return { ...clock, stops: [...clock.stops.slice(0, -1), { ...last, to: at.toISOString() }] };
}

const counted = ({ openedAt, fullDays, stops }: NoticeClock) =>
  noticeClock({
    openedAt: new Date(openedAt),
    requiredDays: fullDays,
    pauses: stops.map(({ from, to }) => ({ from: new Date(from), ...(to !== null && { to: new Date(to) }) })),
  });

/** The first instant at which the notice may be closed; null while the clock stands. */
export function closableFrom(clock: NoticeClock): Date | null {
  return counted(clock).closableFrom;
}

/** What is still to run: until the closing in days and (rounded up) hours; in full days while the clock stands. */
export function remaining(clock: NoticeClock, now: Date): { readonly days: number; readonly hours: number } {
  const { closableFrom: end, remaining: fullDays } = counted(clock);
  if (end === null) return { days: fullDays(now), hours: 0 };
  const hours = Math.ceil(Math.max(0, end.getTime() - now.getTime()) / HOUR_MS);
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}

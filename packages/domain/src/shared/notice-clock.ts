import { addDays, type BusinessDay, businessDayOf, startOfDay } from './time.ts';

/** A stop of the clock by an objection, from its raising to its written answer; without `to` it is not answered yet. */
export interface NoticePause {
  readonly from: Date;
  readonly to?: Date;
}

export interface NoticeClock {
  /** The first instant at which the notice may be closed; null while a stop is open. */
  readonly closableFrom: Date | null;
  /** Full days still to run at an instant; 0 when all have run. */
  remaining(now: Date): number;
}

/**
 * The clock of a public notice (domain §4, §8): it counts whole calendar days in Asia/Shanghai after the day of
 * opening. A day touched by a stop, were it for a minute, was not a full day of notice and does not count; after the
 * answer the clock goes on where it stood. A stop raised after the days have run holds the notice open until answered.
 * @throws RangeError unless `requiredDays` is a positive whole number and every stop ends after it begins.
 */
export function noticeClock(notice: {
  readonly openedAt: Date;
  readonly requiredDays: number;
  readonly pauses: readonly NoticePause[];
}): NoticeClock {
  const { openedAt, requiredDays, pauses } = notice;
  if (!Number.isSafeInteger(requiredDays) || requiredDays < 1)
    throw new RangeError(`not a number of days: ${requiredDays}`);
  if (pauses.some((p) => p.to !== undefined && p.to < p.from)) throw new RangeError('a stop ends before it begins');
  const firstDay = addDays(businessDayOf(openedAt), 1);
  // An answer at the very midnight leaves the day that begins with it a full one.
  const lastTouched = (to: Date) => businessDayOf(new Date(to.getTime() - 1));
  const stops = pauses.map((p) => ({ from: businessDayOf(p.from), ...(p.to && { to: lastTouched(p.to) }) }));
  const isFull = (day: BusinessDay) => !stops.some((s) => s.from <= day && (s.to === undefined || day <= s.to));

  /** The day after the last one needed, or null when the search reaches a stop that never ended. */
  const afterLastFullDay = (): BusinessDay | null => {
    const openFrom = stops.filter((s) => s.to === undefined).map((s) => s.from);
    let day = firstDay;
    for (let count = 0; count < requiredDays; day = addDays(day, 1)) {
      if (openFrom.some((from) => from <= day)) return null;
      if (isFull(day)) count += 1;
    }
    return day;
  };

  const closableFrom = (): Date | null => {
    const day = afterLastFullDay();
    if (day === null) return null;
    let at = startOfDay(day);
    for (const pause of pauses) {
      if (pause.to === undefined) return null;
      if (pause.to > at) at = pause.to;
    }
    return at;
  };

  return {
    closableFrom: closableFrom(),
    remaining(now) {
      const today = businessDayOf(now);
      let count = 0;
      for (let day = firstDay; day < today && count < requiredDays; day = addDays(day, 1)) if (isFull(day)) count += 1;
      return requiredDays - count;
    },
  };
}

import type { Brand } from './brand.ts';

/** A calendar day in Asia/Shanghai, written 2026-11-22. All business days and clocks are counted in it (architecture 11). */
export type BusinessDay = Brand<string, 'BusinessDay'>;

/** China keeps UTC+8 all year since 1991; the register holds no clock times before. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The port that tells the time; services use the system's, tests and the demo give their own. */
export type Clock = () => Date;

/** Reads YYYY-MM-DD. @throws RangeError when it is not a day of the calendar. */
export function businessDay(text: string): BusinessDay {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new RangeError(`not a day: ${text}`);
  }
  return text as BusinessDay;
}

/** Reads YYYY-MM-DD as a person typed it; null when it is not a day of the calendar. */
export function readDay(text: string): BusinessDay | null {
  try {
    return businessDay(text);
  } catch {
    return null;
  }
}

/** The Shanghai day an instant falls on. */
export function businessDayOf(instant: Date): BusinessDay {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as BusinessDay;
}

/** An instant as it is read on a clock in Shanghai, to the minute: 2026-11-22 14:05. */
export function shanghaiMinute(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The instant at which a Shanghai day begins. */
export function startOfDay(day: BusinessDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS);
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(day: BusinessDay, count: number): BusinessDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10) as BusinessDay;
}

/** The same day of the month so many months later, or the last of that month where it is shorter. */
export function addMonths(day: BusinessDay, count: number): BusinessDay {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const [year, month] = [Math.floor(months / 12), months % 12];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const written = [year, month + 1, Math.min(Number(day.slice(8)), last)].map((part) => String(part).padStart(2, '0'));
  return written.join('-') as BusinessDay;
}

/** Whole calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: BusinessDay, to: BusinessDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Completed years of age on a day. Born on 29 February counts from 1 March in other years. */
export function ageOn(birth: BusinessDay, day: BusinessDay): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) >= birth.slice(5) ? years : years - 1;
}

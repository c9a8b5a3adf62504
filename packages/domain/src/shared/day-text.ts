import { addDays, type BusinessDay, businessDay } from './time.ts';

const YEAR_MONTH_DAY = /^(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])$/;
const YEAR_MONTH = /^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月份?)$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})?$/;
/** The time of day behind a day. Of a time in UTC only midnight: of another it is not known which day it was here. */
const TIME =
  /(?:(?<=\d)(?:T|\s+)|(?<=[日号])\s*)(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|0{1,2}:00(?::00(?:\.0+)?)?Z)$/;
/** Blanks between the parts of a day. */
const BLANKS = /\s*([-./年月日号])\s*/g;
/** A day number of a spreadsheet, 1950 to 2149: a date in a cell that is not formatted as one. */
const SERIAL = /^\d{5}(\.\d+)?$/;
const [FIRST_SERIAL, LAST_SERIAL] = [18_264, 91_309];
const SERIAL_ORIGIN = '1899-12-30' as BusinessDay;

function dayOf(year: string, month: string, day = '1'): BusinessDay | null {
  try {
    return businessDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  } catch {
    return null;
  }
}

function serialDay(text: string): BusinessDay | null {
  const days = Math.floor(Number(text));
  return days >= FIRST_SERIAL && days <= LAST_SERIAL ? addDays(SERIAL_ORIGIN, days) : null;
}

/** A day's text without time and inner blanks. */
function plainDay(text: string): string {
  const day = text.includes(':') ? text.replace(TIME, '') : text;
  return day.includes(' ') ? day.trim().replace(BLANKS, '$1') : day;
}

/**
 * Reads a day as offices write it: 2019-03-01, 2019/3/1, 2019年3月1日, 20190301, with or without a time behind it, or
 * the day number of a spreadsheet.
 * @returns null when it is no day of the calendar
 */
export function readFullDay(text: string): BusinessDay | null {
  const plain = plainDay(text);
  if (SERIAL.test(plain)) return serialDay(plain);
  const match = YEAR_MONTH_DAY.exec(plain);
  if (match) return dayOf(match[1] ?? '', match[2] ?? match[4] ?? '', match[3] ?? match[5]);
  const digits = DIGITS.exec(plain);
  return digits?.[3] === undefined ? null : dayOf(digits[1] ?? '', digits[2] ?? '', digits[3]);
}

/**
 * As `readFullDay`, or a month (2019.3, 2019-03, 2019年3月, 201903) as its first day.
 * @param stored how the cell holds it: the number 2019.1 may be January or the October that lost its last digit, so it
 *   is neither
 */
export function readDay(text: string, stored: 'text' | 'number' | 'other' = 'text'): BusinessDay | null {
  const day = readFullDay(text);
  if (day !== null) return day;
  const plain = plainDay(text);
  if (stored === 'number' && /^\d{4}\.1$/.test(plain)) return null;
  const match = YEAR_MONTH.exec(plain) ?? DIGITS.exec(plain);
  return match ? dayOf(match[1] ?? '', match[2] ?? match[3] ?? '') : null;
}

import { addDays, type BusinessDay, businessDay } from './time.ts';

const YEAR_MONTH_DAY = /^(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])$/;
const YEAR_MONTH = /^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月份?)$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})?$/;
/** Midnight, which programs append to days. */
const MIDNIGHT = /(?<=\d)[T ]+0{1,2}:00(:00(\.0+)?)?Z?$/;
/** A day number of a spreadsheet, 1950 to 2149: a date in a cell that is not formatted as one. */
const SERIAL = /^\d{5}(\.0+)?$/;
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
  const days = Number(text);
  return days >= FIRST_SERIAL && days <= LAST_SERIAL ? addDays(SERIAL_ORIGIN, days) : null;
}

/**
 * Reads a day as offices write it: 2019-03-01, 2019/3/1, 2019年3月1日, 20190301, with or without midnight behind it, or
 * the day number of a spreadsheet.
 * @returns null when it is no day of the calendar
 */
export function readFullDay(text: string): BusinessDay | null {
  const plain = text.replace(MIDNIGHT, '');
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
  const plain = text.replace(MIDNIGHT, '');
  if (stored === 'number' && /^\d{4}\.1$/.test(plain)) return null;
  const match = YEAR_MONTH.exec(plain) ?? DIGITS.exec(plain);
  return match ? dayOf(match[1] ?? '', match[2] ?? match[3] ?? '') : null;
}

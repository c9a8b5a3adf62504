/** The shortest decimal text that reads back as the number, without an exponent: 2.11E+17 → "211000000000000000". */
export function decimalText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = text.split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, '0')
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${plain}` : plain;
}

const DAY_MS = 86_400_000;
const LAST_SERIAL = 2_958_465;
const OFFSET_1904 = 1462;

/**
 * The day of a date serial (1 = 1900-01-01 with the spreadsheets' false 29 February 1900; 0 = 1904-01-01 when the
 * workbook counts from 1904).
 * @returns null when the number is no day, as a time of day is not.
 */
export function serialDay(serial: number, from1904: boolean): string | null {
  const days = Math.floor(serial) + (from1904 ? OFFSET_1904 : 0);
  if (!(days >= 1 && days <= LAST_SERIAL)) return null;
  const shifted = days < 60 ? days + 1 : days;
  return new Date(Date.UTC(1899, 11, 30) + shifted * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Whether a number format writes a date: a day, month or year outside quotes, brackets and escapes. An m beside hours or
 * seconds is of minutes.
 */
export function isDateFormat(format: string): boolean {
  const signs = format.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|General|AM\/PM|上午\/下午/gi, '');
  if (/[yd年月日]/i.test(signs)) return true;
  return /m/i.test(signs) && !/[hs]/i.test(format);
}

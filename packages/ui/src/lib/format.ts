import { formatYuan } from '@bangfu/domain/shared/money';
import { type BusinessDay, businessDayOf, shanghaiMinute } from '@bangfu/domain/shared/time';

const WAN_DIGITS = 6;

/** Moves the decimal point without a binary fraction's error: shift(0.2345, 2) is 23.45. */
function shift(value: number, places: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** A figure with thousands separated, rounded half up as written in decimal: 3134 → "3,134". */
export function formatNumber(value: number, decimals = 0): string {
  const rounded = shift(Math.round(shift(Math.abs(value), decimals)), -decimals);
  const [whole = '', fraction] = rounded.toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 && rounded > 0 ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A share of one as per cent with one decimal: 0.2345 → "23.5%". */
export function formatShare(ratio: number): string {
  return `${formatNumber(shift(ratio, 2), 1)}%`;
}

/** Whole fen as yuan with two decimals, without the unit, which the column's title names. */
export function formatMoney(fen: number): string {
  return formatYuan(fen);
}

/** Whole fen as 万元 with two decimals; keep `formatMoney` at hand wherever this is shown. */
export function formatWan(fen: number): string {
  return formatNumber(shift(fen, -WAN_DIGITS), 2);
}

/** The Shanghai day of an instant, or the business day itself: 2026-11-22. */
export function formatDay(value: BusinessDay | Date | string): string {
  if (value instanceof Date) return businessDayOf(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : businessDayOf(new Date(value));
}

/** An instant in Asia/Shanghai to the minute: 2026-11-22 14:05. */
export function formatMoment(value: Date | string): string {
  return shanghaiMinute(new Date(value));
}

/** A file's size in the units people know: 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const;
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024))));
  return `${formatNumber(bytes / 1024 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}

export interface DurationParts {
  /** The one text key that fits: days and hours, hours and minutes, or minutes and seconds. */
  readonly key: 'duration.daysHours' | 'duration.hoursMinutes' | 'duration.minutesSeconds' | 'duration.seconds';
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Cuts milliseconds into days, hours, minutes and seconds (negative counts as its size) and says which two matter. */
export function splitDuration(milliseconds: number): DurationParts {
  const total = Math.floor(Math.abs(milliseconds) / 1000);
  const days = Math.floor(total / 86_400);
  const hours = Math.floor(total / 3600) % 24;
  const minutes = Math.floor(total / 60) % 60;
  const seconds = total % 60;
  if (days > 0) return { key: 'duration.daysHours', days, hours, minutes, seconds };
  if (hours > 0) return { key: 'duration.hoursMinutes', days, hours, minutes, seconds };
  if (minutes > 0) return { key: 'duration.minutesSeconds', days, hours, minutes, seconds };
  return { key: 'duration.seconds', days, hours, minutes, seconds };
}

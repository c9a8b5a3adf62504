import { demand } from './errors.ts';
import { addDays, type BusinessDay } from './time.ts';

/** The earliest and latest day of any input; others are typing errors. */
export const EARLIEST_DAY = '1900-01-01' as BusinessDay;
export const LATEST_DAY = '2100-12-31' as BusinessDay;

/**
 * Requires that a day is within its bounds, both included. A bound that is null or absent is not checked.
 * @throws DomainError DAY_TOO_EARLY, DAY_TOO_LATE with the day and the bound
 */
export function demandDay(
  day: BusinessDay,
  { from, until }: { readonly from?: BusinessDay | null; readonly until?: BusinessDay | null },
): void {
  demand(!from || day >= from, 'DAY_TOO_EARLY', { day, from: from ?? '' });
  demand(!until || day <= until, 'DAY_TOO_LATE', { day, until: until ?? '' });
}

/**
 * Refuses a day that is far from the usual one, which is often a wrong year, unless the person has confirmed it.
 * @param usual the expected day, and the number of days before or after it that need no confirmation
 * @throws DomainError DAY_UNUSUAL unless `isSure`
 */
export function demandUsualDay(
  day: BusinessDay,
  usual: { readonly around: BusinessDay; readonly days: number },
  isSure: boolean,
): void {
  const isUsual = day >= addDays(usual.around, -usual.days) && day <= addDays(usual.around, usual.days);
  demand(isUsual || isSure, 'DAY_UNUSUAL', { day, around: usual.around, days: usual.days });
}

import { demand } from './errors.ts';
import { addDays, type BusinessDay } from './time.ts';

/** The days any field takes: earlier or later ones are slips of the keyboard, whatever they are of. */
export const EARLIEST_DAY = '1900-01-01' as BusinessDay;
export const LATEST_DAY = '2100-12-31' as BusinessDay;

/**
 * Demands that a day lies within what it belongs to, both ends allowed: not before its contract, pairing or batch began,
 * not beyond its plan. A bound that is null or absent does not bind.
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
 * Asks when a day is allowed and yet far from what is usual, as one with a slip in its year is: whoever is sure says so
 * and the same act is taken.
 * @param usual the day it is commonly near, and how many days before or after it are common
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

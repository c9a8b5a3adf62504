import { demand } from '../shared/errors.ts';
import { addDays, type BusinessDay, businessDay, daysBetween } from '../shared/time.ts';

/** Whether the dividend years of a contract are calendar years, or run from its own first day (September to August). */
export const DIVIDEND_YEARS = ['calendar', 'contract'] as const;
export type DividendYear = (typeof DIVIDEND_YEARS)[number];

/** Days from the first to the last, both counted. */
export interface Days {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

/** When a contract runs, and by which years its dividend is declared. */
export interface ContractDays extends Days {
  readonly dividendYear: DividendYear;
}

/** A dividend year of a contract, as far as the contract runs in it. */
export interface DeclaredPeriod extends Days {
  /** The calendar year in which it ends: the year of the household's income. */
  readonly year: number;
  /** Days of the whole dividend year, 365 or 366: what the guaranteed rate is divided by. */
  readonly yearDays: number;
}

/** How many days lie between two, both counted; 0 when the second is before the first. */
export const countDays = ({ from, to }: Days): number => Math.max(0, daysBetween(from, to) + 1);

const later = (a: BusinessDay, b: BusinessDay) => (a > b ? a : b);
const earlier = (a: BusinessDay, b: BusinessDay) => (a < b ? a : b);

/** The days that two stretches have in common; null when there are none. */
export function commonDays(a: Days, b: Days): Days | null {
  const common = { from: later(a.from, b.from), to: earlier(a.to, b.to) };
  return common.from <= common.to ? common : null;
}

/** The same day of another year; 29 February is 1 March where there is none, and nothing comes after the calendar. */
function sameDayIn(year: number, day: BusinessDay): BusinessDay {
  if (year > 9999) return businessDay('9999-12-31');
  const text = `${String(year).padStart(4, '0')}-${day.slice(5)}`;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return businessDay(day.endsWith('-02-29') && !isLeap ? `${text.slice(0, 4)}-03-01` : text);
}

/**
 * The dividend years of a contract, from its first day to its last: each begins where the one before ended, none overlap.
 *
 * The guarantee is counted by days: stake × rate × the household's own days in the dividend year ÷ the days of that
 * dividend year. A whole dividend year is 365 days or, with a 29 February in it, 366, so whoever is on the contract for
 * all of it gets exactly stake × rate, in a leap year as in any other.
 */
export function dividendPeriods(contract: ContractDays): DeclaredPeriod[] {
  const start: BusinessDay =
    contract.dividendYear === 'calendar' ? businessDay(`${contract.from.slice(0, 4)}-01-01`) : contract.from;
  const firstYear = Number(start.slice(0, 4));
  const periods: DeclaredPeriod[] = [];
  for (let count = 0; firstYear + count <= 9999; count++) {
    const from = sameDayIn(firstYear + count, start);
    if (from > contract.to) break;
    const whole = { from, to: addDays(sameDayIn(firstYear + count + 1, start), -1) };
    const days = commonDays(whole, contract);
    if (days) periods.push({ ...days, year: Number(days.to.slice(0, 4)), yearDays: countDays(whole) });
  }
  return periods;
}

/** The dividend year of a contract that ends in a calendar year; where two do, the one that begins on a day. */
export function findPeriod(contract: ContractDays, year: number, from?: string): DeclaredPeriod | undefined {
  return dividendPeriods(contract).find((each) => each.year === year && (from === undefined || each.from === from));
}

/** For how many days of a period a household is on the contract. */
export function heldDays(household: Days, period: Days): number {
  const common = commonDays(household, period);
  return common ? countDays(common) : 0;
}

/** Whether any household is on the contract in a period. */
export const isAnybodyThere = (households: readonly Days[], period: Days): boolean =>
  households.some((household) => heldDays(household, period) > 0);

/**
 * A household joins and leaves within its contract.
 * @throws DomainError HOUSEHOLD_DAYS_REVERSED, HOUSEHOLD_DAYS_OUTSIDE
 */
export function demandDaysWithin(household: Days, contract: Days): void {
  demand(household.from <= household.to, 'HOUSEHOLD_DAYS_REVERSED', { from: household.from, to: household.to });
  demand(household.from >= contract.from && household.to <= contract.to, 'HOUSEHOLD_DAYS_OUTSIDE', {
    from: household.from,
    to: household.to,
    first: contract.from,
    last: contract.to,
  });
}

import { demandDay, demandUsualDay } from '../shared/day-bounds.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';

/** A day further away from today than this is commonly a slip in its year. */
const USUAL_DAYS = 366;

/** The last day a change can be dated for. */
export const latestChange = (today: BusinessDay, aheadDays: number): BusinessDay => addDays(today, aheadDays);

/**
 * Demands that a change of pairings is not dated far ahead, and asks when its day is far back: the rules of the change
 * say what it may not lie before.
 * @throws DomainError DAY_TOO_LATE, DAY_UNUSUAL
 */
export function demandChangeDay(
  on: BusinessDay,
  { today, aheadDays, isSure }: { readonly today: BusinessDay; readonly aheadDays: number; readonly isSure: boolean },
): void {
  demandDay(on, { until: latestChange(today, aheadDays) });
  demandUsualDay(on, { around: today, days: USUAL_DAYS }, isSure);
}

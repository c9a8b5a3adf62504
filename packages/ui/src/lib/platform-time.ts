import { businessDayOf, type BusinessDay } from '@bangfu/domain/shared/time';

/** What the platform's clock said last, and how long the page had been open when it was heard, in milliseconds. */
let heard: { readonly asOf: string; readonly at: number; readonly open: number } | null = null;

/** Notes the platform's time as an answer said it. */
export function rememberPlatformTime(asOf: string): void {
  if (heard?.asOf !== asOf) heard = { asOf, at: Date.parse(asOf), open: performance.now() };
}

/**
 * The platform's time: what it said last and what has passed since by a count that no clock setting moves. A page that
 * has heard nothing yet has only the machine's.
 */
export function platformNow(): Date {
  return new Date(heard ? heard.at + performance.now() - heard.open : Date.now());
}

/** The platform's business day, by which forms are filled and checked: a clerk's machine may be a year off. */
export function usePlatformDay(): BusinessDay {
  return businessDayOf(platformNow());
}

import { OUTCOME_NAMES } from '@bangfu/domain/evaluation/questionnaire';
import { formatNumber } from '@bangfu/ui/lib/format';

/** A share as per cent with two decimals; a dash where it cannot be said. */
export const percent = (value: number | null | undefined): string =>
  value === null || value === undefined ? '—' : `${formatNumber(value * 100, 2)}%`;

/** Basis points as per cent: 200 is 2.00%. */
export const percentOfBp = (bp: number): string => percent(bp / 10_000);

/** Both ends of an interval; a dash where there is none. */
export const intervalText = (interval: { readonly low: number; readonly high: number } | null | undefined): string =>
  interval ? `${percent(interval.low)} ～ ${percent(interval.high)}` : '—';

/** The outcome of a visit in its word; a dash before it came back. */
export const outcomeWord = (outcome: string | null): string =>
  outcome === null ? '—' : (OUTCOME_NAMES[outcome as keyof typeof OUTCOME_NAMES] ?? outcome);

import type { Fen } from '../shared/money.ts';
import type { IndustryPolicy } from './contract.ts';

/** As it is shipped. */
export const policy: IndustryPolicy = {
  minGuaranteedBp: 600,
  minFixedDividendFen: 300_000 as Fen,
  renewalDays: 60,
  declareWithinDays: 60,
  payWithinDays: 30,
  noticeDays: 7,
  belowGuarantee: 'alarm',
  correctionAbove: { bp: 2000, fen: 1_000_000 },
};

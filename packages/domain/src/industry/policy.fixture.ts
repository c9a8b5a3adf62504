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
  deadlines: {
    on: () => ({
      value: {
        'dividend-to-check': 7,
        'dividend-to-post': 3,
        'objection-to-answer': 7,
        'notice-to-close': 3,
        'dividend-to-close': 7,
        'receipt-to-import': 15,
        'batch-cancel-to-decide': 1,
        'correction-to-decide': 7,
        'receipt-differs': 7,
        'claim-to-settle': 30,
        'settlement-to-decide': 7,
        'nil-year-to-decide': 7,
        'contract-end-to-decide': 5,
        'account-change-to-decide': 5,
      },
    }),
  },
};

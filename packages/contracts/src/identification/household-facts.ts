import { z } from 'zod';
import { Day, Fen } from '../core/common.ts';

/** How a household stands on the register; `none` is not on it. */
export const HOUSEHOLD_STATUSES = ['none', 'registered', 'exited', 'returned'] as const;

/** Income another service evidenced for the household's year. */
export const IncomeEvidence = z
  .object({
    year: z.int(),
    item: z.string(),
    evidence: z.enum(['declared', 'paid']),
    amountFen: Fen,
    payer: z.string(),
    evidencedOn: Day,
    sourceService: z.string(),
    sourceId: z.string(),
  })
  .meta({ id: 'IncomeEvidence' });
export type IncomeEvidence = z.output<typeof IncomeEvidence>;

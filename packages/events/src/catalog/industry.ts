import { z } from 'zod';
import { defineEvent } from './define.ts';

/**
 * A line of a dividend reached its household: income evidence of the household's year. Once per paid line. A correction
 * tells only what the new line paid beyond what was paid before, so the sum over a household's lines is what it had.
 */
export const dividendConfirmed = defineEvent({
  type: 'industry.dividend.confirmed.v1',
  summary: { zh: '分红已确认发放到户', en: 'A dividend line was confirmed as paid to its household' },
  data: z.object({
    lineId: z.uuid(),
    householdId: z.uuid(),
    householdNumber: z.string().min(1),
    /** The year whose income it is. */
    year: z.int(),
    amountFen: z.int().positive(),
    entityId: z.uuid(),
    entityName: z.string().min(1),
    confirmedOn: z.iso.date(),
  }),
  key: (data) => data.householdId,
});

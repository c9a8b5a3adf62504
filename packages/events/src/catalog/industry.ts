import { z } from 'zod';
import { defineEvent } from './define.ts';

/**
 * A line of a dividend reached its household: income evidence of the household's year. Once per payment. The line that
 * a correction puts in another's place tells only what it paid beyond what the same household had before.
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
    /** The payment: a line that was returned is paid again by another. Absent in events from before: the line's only one. */
    paymentId: z.uuid().optional(),
    /** How it reached the household: by the bank, or set off against what was claimed from it. Absent: by the bank. */
    by: z.enum(['bank', 'set-off']).optional(),
  }),
  key: (data) => data.householdId,
});

/**
 * A correction took back from a household something that had reached it, whole or in part. Once for each payment of the
 * corrected line and those it replaced; what is told is the amount that counts from now on, so hearing it twice is the
 * same as once.
 */
export const dividendCorrected = defineEvent({
  type: 'industry.dividend.corrected.v1',
  summary: { zh: '分红更正后收入变动', en: 'A correction changed how much of a paid line is income of its household' },
  data: z.object({
    lineId: z.uuid(),
    householdId: z.uuid(),
    householdNumber: z.string().min(1),
    /** The year whose income it is. */
    year: z.int(),
    /** What of the payment is income of the household from now on; 0 = nothing of it. */
    amountFen: z.int().nonnegative(),
    correctedOn: z.iso.date(),
    /** The payment whose amount changed; absent in events from before: the line's only one. */
    paymentId: z.uuid().optional(),
  }),
  key: (data) => data.householdId,
});

/**
 * A payment did not stay with its household: the bank returned it after it had succeeded, or a set-off was reversed.
 * Nothing of it is income any more; the line is paid again by another payment.
 */
export const dividendReturned = defineEvent({
  type: 'industry.dividend.returned.v1',
  summary: { zh: '分红发放后被退回', en: 'A payment of a dividend was returned after it had succeeded' },
  data: z.object({
    lineId: z.uuid(),
    paymentId: z.uuid(),
    householdId: z.uuid(),
    householdNumber: z.string().min(1),
    /** The year whose income it was. */
    year: z.int(),
    amountFen: z.int().positive(),
    reason: z.string().min(1),
    returnedOn: z.iso.date(),
  }),
  key: (data) => data.householdId,
});

/** A household is on the list of a contract, a draft too. */
export const contractListed = defineEvent({
  type: 'industry.contract.listed.v1',
  summary: { zh: '农户已列入合同名单', en: 'A household was put on the list of a contract' },
  data: z.object({
    contractId: z.uuid(),
    householdId: z.uuid(),
    householdNumber: z.string().min(1),
    entityId: z.uuid(),
    entityName: z.string().min(1),
  }),
  key: (data) => data.householdId,
});

export const contractUnlisted = defineEvent({
  type: 'industry.contract.unlisted.v1',
  summary: { zh: '农户已从合同名单移出', en: 'A household was taken off the list of a contract' },
  data: z.object({ contractId: z.uuid(), householdId: z.uuid() }),
  key: (data) => data.householdId,
});

import { readPaperNumber } from '@bangfu/domain/shared/typed-number';
import { z } from 'zod';
import { Count, Day, Fen, FileAnswer, Instant, NoInput, PageQuery, page, Uuid } from '../core/common.ts';
import { HouseholdNumber } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation, unmaskedReaders } from '../core/operation.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

const READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'household',
  'auditor',
  'evaluator',
] as const;
const ISSUERS = ['county-office', 'township-officer', 'village-officer', 'household'] as const;
const HouseholdParams = z.object({ householdNumber: HouseholdNumber });

/** How a change of a household's income by dividends came about. */
export const INCOME_KINDS = ['payment', 'set-off', 'return', 'correction'] as const;

const IncomeLine = z.object({
  /** The payment, the settlement or the claim; a return goes by its payment's. */
  id: Uuid,
  lineId: Uuid,
  /**
   * What reached the household by the bank or was set off in its favour; what the bank returned and what a correction
   * took back, with a negative amount; a correction that no longer holds gives its part again.
   */
  kind: z.enum(INCOME_KINDS),
  year: z.int(),
  entityName: z.string(),
  contractNumber: z.string(),
  amountFen: Fen,
  /** The day of the payment, the return, the set-off or the correction. */
  paidOn: Day,
  accountTail: z.string(),
  confirmed: z.boolean(),
});

export const IncomeStatement = z
  .object({
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    lines: z.array(IncomeLine),
    years: z.array(z.object({ year: z.int(), amountFen: Fen })),
    totalFen: Fen,
    /** Statements issued so far, newest first. */
    issued: z.array(z.object({ number: z.string(), issuedAt: Instant, totalFen: Fen })),
  })
  .meta({ id: 'IncomeStatement' });
export type IncomeStatement = z.output<typeof IncomeStatement>;

export const listIncomeHouseholds = operation({
  id: 'listIncomeHouseholds',
  owner: 'industry',
  method: 'GET',
  path: '/statements',
  summary: { zh: '农户产业收益', en: 'Households with confirmed income from entities, or with a share in one' },
  access: READERS,
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    /** Households that had a payment (as a rule), or those on the list of a contract in force. */
    with: z.enum(['payment', 'share']).default('payment'),
    sort: sortBy('householdNumber', 'headName', 'villageName', 'payments', 'entities', 'totalFen'),
  }),
  answer: page(
    z.object({
      householdId: Uuid,
      householdNumber: z.string(),
      headName: z.string(),
      villageName: z.string(),
      payments: Count,
      entities: Count,
      totalFen: Fen,
    }),
  ),
});

export const getIncomeStatement = operation({
  id: 'getIncomeStatement',
  owner: 'industry',
  method: 'GET',
  path: '/statements/{householdNumber}',
  summary: { zh: '农户收益对账单', en: 'A household’s income statement across entities and years' },
  access: READERS,
  params: HouseholdParams,
  answer: IncomeStatement,
});

export const issueIncomeStatement = operation({
  id: 'issueIncomeStatement',
  owner: 'industry',
  method: 'POST',
  path: '/statements/{householdNumber}/issue',
  summary: { zh: '出具对账单（取得核验编号）', en: 'Issue the statement under a number that anyone can verify' },
  access: ISSUERS,
  audit: 'industry.statement.issued',
  params: HouseholdParams,
  body: NoInput,
  answer: z.object({ number: z.string() }),
  status: 201,
});

const NumberParams = z.object({
  /** In any writing: it is read off paper. */
  number: z
    .string()
    .max(100)
    .overwrite((typed) => readPaperNumber(typed) ?? typed)
    .regex(/^[A-Z]{2}-[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/)
    .register(SHAPE_WORDS, {
      zh: '应为纸面上印的编号：两个字母，再接三组各四位',
      en: 'must be the number printed on the paper: two letters, then three groups of four',
    }),
});

export const printIncomeStatement = operation({
  id: 'printIncomeStatement',
  owner: 'industry',
  method: 'GET',
  path: '/issued-statements/{number}/statement.pdf',
  summary: { zh: '打印对账单', en: 'An issued statement as A4' },
  access: unmaskedReaders(READERS),
  params: NumberParams,
  answer: FileAnswer,
  answers: 'file',
});

/** What a verification found of a paper, and whether it still holds. */
export const SEALS = ['intact', 'broken', 'unknown'] as const;
export const STANDINGS = ['current', 'changed', 'superseded'] as const;

export const verifyStatement = operation({
  id: 'verifyStatement',
  owner: 'industry',
  method: 'GET',
  path: '/public/verify/{number}',
  summary: { zh: '核验对账单或分红清单', en: 'Verify a statement or a dividend list by its number' },
  access: 'public',
  byTypedNumber: true,
  params: NumberParams,
  answer: z.object({
    number: z.string(),
    kind: z.enum(['income-statement', 'dividend-list']),
    issuedOn: Day,
    /** What the paper says, as far as it identifies nobody: who issued about what, and the sum. */
    subject: z.string(),
    totalFen: Fen,
    lines: Count,
    contentHash: z.string(),
    /**
     * Intact: all that it says was computed again from what is stored and gives the hash it was issued with. Unknown: what
     * it said is not stored any more, so nothing can be said of it.
     */
    seal: z.enum(SEALS),
    /** Whether it still holds: changed by later payments or corrections, superseded by a later edition; null unless intact. */
    standing: z.enum(STANDINGS).nullable(),
    /** The number of the list that took its place, once that is posted. */
    supersededBy: z.string().nullable(),
  }),
});

import { LATE_CODES } from '@bangfu/domain/industry/late-alarms';
import { z } from 'zod';
import { Count, Day, Fen, page, PageQuery, Uuid } from '../core/common.ts';
import { YearInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';
import { DECLARATION_STATUSES, DividendLine, LINE_STATES } from './declarations.ts';
import { LINE_SORTS, LINE_UNSORTED } from './sorts.ts';

/** A line with the declaration it belongs to. */
export const Dividend = DividendLine.extend({
  declarationId: Uuid,
  entityName: z.string(),
  contractNumber: z.string(),
  year: z.int(),
  status: z.enum(DECLARATION_STATUSES),
  /** What the contract guarantees the household for the year. */
  guaranteedFen: Fen,
}).meta({ id: 'Dividend' });
export type Dividend = z.output<typeof Dividend>;

export const listDividends = operation({
  id: 'listDividends',
  owner: 'industry',
  method: 'GET',
  path: '/dividends',
  summary: {
    zh: '分红明细（跨申报，不含草稿）',
    en: 'Lines of all dividends submitted within the caller’s scope; no drafts',
  },
  access: READERS,
  unsorted: LINE_UNSORTED,
  query: PageQuery.extend({
    /** One state, or `unpaid`: to be paid or with the bank. */
    state: z.enum([...LINE_STATES, 'unpaid']).optional(),
    /** Only lines that count and lie below the contract's guarantee. */
    below: z.enum(['true', 'false']).optional(),
    year: YearInput.optional(),
    entityId: Uuid.optional(),
    search: z.string().max(60).optional(),
    sort: sortBy(...LINE_SORTS, 'entityName', 'contractNumber', 'year', 'status', 'guaranteedFen'),
  }),
  /** With what all rows of the filter come to. */
  answer: page(Dividend).extend({ payableFen: Fen }),
});

export const LateDividend = z
  .object({
    entityName: z.string(),
    contractId: Uuid,
    contractNumber: z.string(),
    year: z.int(),
    /** Null when the year was never declared. */
    declarationId: Uuid.nullable(),
    code: z.enum(LATE_CODES),
    message: z.string(),
    days: Count,
    dueOn: Day,
  })
  .meta({ id: 'LateDividend' });
export type LateDividend = z.output<typeof LateDividend>;

export const listLateDividends = operation({
  id: 'listLateDividends',
  owner: 'industry',
  method: 'GET',
  path: '/late-dividends',
  summary: {
    zh: '各环节逾期的分红（申报、审核、张贴、答复、结束公示、发放、办结）',
    en: 'What is late about dividends, at whatever step they stand, the latest first',
  },
  access: READERS,
  unsorted: { message: 'it says the days in words' },
  query: PageQuery.extend({ sort: sortBy('entityName', 'contractNumber', 'year', 'code', 'days', 'dueOn') }),
  answer: page(LateDividend),
});

import { DECLARATION_STEPS, WAITING_STEPS } from '@bangfu/domain/industry/declaration-steps';
import { z } from 'zod';
import { Count, Day, Fen, Instant, page, PageQuery, RegionCode, Uuid, Version } from '../core/common.ts';
import { ContractFen, DayInput, YearInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { READERS } from './access.ts';
import { OfferedNilYear } from './nil-years.ts';
import { EarlierNotice, VillageNotice } from './village-notice.ts';
import { DECLARATION_SORTS, LINE_SORTS, LINE_UNSORTED } from './sorts.ts';

export const DECLARATION_STATUSES = [
  'drafted',
  'submitted',
  'checked',
  'on-notice',
  'noticed',
  'in-payment',
  'closed',
  'discarded',
] as const;
export const LINE_STATES = ['open', 'batched', 'paid', 'void'] as const;

export const Declaration = z
  .object({
    id: Uuid,
    entityId: Uuid,
    entityName: z.string(),
    contractId: Uuid,
    contractNumber: z.string(),
    /** The calendar year in which the dividend year ends. */
    year: z.int(),
    /** The dividend year, as far as the contract runs in it, and how many days that are. */
    from: Day,
    to: Day,
    days: Count,
    distributableFen: Fen,
    status: z.enum(DECLARATION_STATUSES),
    /** The job that computes the lines; null when they stand. */
    computingJobId: Uuid.nullable(),
    revision: Count,
    lines: Count,
    baseFen: Fen,
    secondFen: Fen,
    totalFen: Fen,
    paidLines: Count,
    paidFen: Fen,
    unsettledLines: Count,
    /** Corrections that wait for a decision. */
    openCorrections: Count,
    /** Lines of which the household says that another sum reached it. */
    differingLines: Count,
    /** Paid less than the guarantee promises. */
    belowGuarantee: Count,
    submittedBy: z.string().nullable(),
    submittedAt: Instant.nullable(),
    checkedBy: z.string().nullable(),
    checkedAt: Instant.nullable(),
    returnReason: z.string().nullable(),
    /** The notices of all its villages together; null before the first is posted. */
    notice: z
      .object({
        openedAt: Instant,
        requiredDays: Count,
        /** When the last was closed. */
        closedAt: Instant.nullable(),
        /** When the last can be closed; null while one is not posted, or an objection stops its clock. */
        closableFrom: Instant.nullable(),
        remainingDays: Count,
        villages: Count,
        opened: Count,
        closed: Count,
      })
      .nullable(),
    alarms: z.array(z.object({ code: z.string(), message: z.string() })),
    version: Version,
  })
  .meta({ id: 'DividendDeclaration' });
export type Declaration = z.output<typeof Declaration>;

export const DividendLine = z
  .object({
    id: Uuid,
    lineNumber: Count,
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    villageCode: RegionCode,
    villageName: z.string(),
    baseFen: Fen,
    secondFen: Fen,
    amountFen: Fen,
    payableFen: Fen,
    state: z.enum(LINE_STATES),
    accountTail: z.string(),
    paidOn: Day.nullable(),
    confirmedFen: Fen.nullable(),
    rejection: z.string().nullable(),
    replaces: z.int().nullable(),
    replacedBy: z.int().nullable(),
    recoverableFen: Fen.nullable(),
  })
  .meta({ id: 'DividendLine' });

const Reason = z.object({ code: z.string(), message: z.string() });
export const DeclarationParams = z.object({ declarationId: Uuid });
const Figures = z.object({
  /** Profit that is distributable after the guarantee is paid. */
  distributableFen: ContractFen,
});
export const Step = z.object({ version: Version });

export const listDeclarations = operation({
  id: 'listDeclarations',
  owner: 'industry',
  method: 'GET',
  path: '/declarations',
  summary: { zh: '分红申报列表', en: 'Dividend declarations within the caller’s scope' },
  access: READERS,
  unsorted: { returnReason: 'a sentence' },
  query: PageQuery.extend({
    year: YearInput.optional(),
    status: z.enum(DECLARATION_STATUSES).optional(),
    entityId: Uuid.optional(),
    sort: sortBy(...DECLARATION_SORTS),
  }),
  answer: page(Declaration),
});

export const getDeclaration = operation({
  id: 'getDeclaration',
  owner: 'industry',
  method: 'GET',
  path: '/declarations/{declarationId}',
  summary: { zh: '分红申报', en: 'One dividend declaration' },
  access: READERS,
  params: DeclarationParams,
  /** With the platform's time, by which its clock is shown: a clerk's machine may be wrong. */
  answer: Declaration.extend({
    asOf: Instant,
    /** What the caller can do now, by the rule of the command itself, and why not. */
    steps: stepsOf(DECLARATION_STEPS),
    /** The notices of this edition in the villages the caller sees. */
    notices: z.array(VillageNotice),
    /** Lists of earlier editions that were posted; each can still be verified, as superseded. */
    superseded: z.array(EarlierNotice),
    /** The step it waits for, and what that still needs, whoever takes it; nothing only when it would succeed. */
    next: z.object({ step: z.enum(WAITING_STEPS).nullable(), missing: z.array(Reason) }),
  }),
});

export const listDividendLines = operation({
  id: 'listDividendLines',
  owner: 'industry',
  method: 'GET',
  path: '/declarations/{declarationId}/lines',
  summary: { zh: '分红明细', en: 'The lines of a declaration' },
  access: READERS,
  params: DeclarationParams,
  unsorted: LINE_UNSORTED,
  query: PageQuery.extend({
    state: z.enum(LINE_STATES).optional(),
    search: z.string().max(60).optional(),
    sort: sortBy(...LINE_SORTS),
  }),
  answer: page(DividendLine),
});

export const listDividendYears = operation({
  id: 'listDividendYears',
  owner: 'industry',
  method: 'GET',
  path: '/contracts/{contractId}/dividend-years',
  summary: {
    zh: '合同可申报分红的期间',
    en: 'The dividend years of a contract: which can be declared now, and why not the others',
  },
  access: READERS,
  params: z.object({ contractId: Uuid }),
  answer: z.object({
    rows: z.array(
      z.object({
        year: z.int(),
        from: Day,
        to: Day,
        open: z.boolean(),
        reason: Reason.nullable(),
        declarationId: Uuid.nullable(),
        /** Whether the caller can declare now that there was nothing to distribute, and why not. */
        declareNil: z.object({ open: z.boolean(), reason: Reason.nullable() }),
        /** What was declared so, the newest first; only the first can hold. */
        nils: z.array(OfferedNilYear),
      }),
    ),
  }),
});

export const declareDividend = operation({
  id: 'declareDividend',
  owner: 'industry',
  method: 'POST',
  path: '/declarations',
  summary: {
    zh: '申报分红（系统按合同逐户计算）',
    en: 'Declare a year’s dividend; the lines are computed from the contract',
  },
  access: ['entity'],
  audit: 'industry.declaration.drafted',
  body: Figures.extend({
    contractId: Uuid,
    year: z.int().min(2000).max(2100),
    /** The first day of the dividend year, where two of them end in the same calendar year. */
    from: DayInput.optional(),
  }),
  answer: Declaration,
  status: 201,
});

export const redraftDeclaration = operation({
  id: 'redraftDeclaration',
  owner: 'industry',
  method: 'PATCH',
  path: '/declarations/{declarationId}',
  summary: { zh: '修改申报并重新计算', en: 'Change a draft’s figures and compute its lines anew' },
  access: ['entity'],
  audit: 'industry.declaration.redrafted',
  params: DeclarationParams,
  body: Figures.extend({ version: Version }),
  answer: Declaration,
});

export const discardDeclaration = operation({
  id: 'discardDeclaration',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/discard',
  summary: { zh: '作废申报草稿', en: 'Give up a draft; its year can be declared again' },
  access: ['entity'],
  audit: 'industry.declaration.discarded',
  params: DeclarationParams,
  body: Step,
  answer: Declaration,
});

export const submitDeclaration = operation({
  id: 'submitDeclaration',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/submit',
  summary: { zh: '提交乡镇审核', en: 'Submit a declaration to the township' },
  access: ['entity'],
  audit: 'industry.declaration.submitted',
  params: DeclarationParams,
  body: Step,
  answer: Declaration,
});

export const checkDeclaration = operation({
  id: 'checkDeclaration',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/check',
  summary: { zh: '乡镇审核分红申报', en: 'The township passes a declaration or returns it' },
  access: ['township-officer'],
  audit: 'industry.declaration.checked',
  params: DeclarationParams,
  body: Step.extend({ passed: z.boolean(), reason: z.string().max(500).default('') }),
  answer: Declaration,
});

export const closeDeclaration = operation({
  id: 'closeDeclaration',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/close',
  summary: { zh: '办结分红申报', en: 'Close a declaration whose lines are all settled' },
  access: ['finance', 'township-officer'],
  audit: 'industry.declaration.closed',
  params: DeclarationParams,
  body: Step,
  answer: Declaration,
});

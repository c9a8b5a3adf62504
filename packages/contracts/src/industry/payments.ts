import { BANK_FILE_FORMATS, BATCH_STEPS } from '@bangfu/domain/industry/batch';
import { CORRECTION_DECISIONS, LINE_STEPS } from '@bangfu/domain/industry/line-steps';
import { z } from 'zod';
import { Count, Day, Fen, FileAnswer, Instant, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { DayInput, HouseholdFen, HouseholdNumber } from '../core/inputs.ts';
import { JobOrdered } from '../core/list-job.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { ListOutcome, READERS } from './access.ts';
import { Declaration, DeclarationParams, DividendLine } from './declarations.ts';

const BankFileFormat = z.enum(BANK_FILE_FORMATS);
const BatchParams = z.object({ batchId: Uuid });

export const PaymentBatch = z
  .object({
    id: Uuid,
    declarationId: Uuid,
    number: z.string(),
    entityName: z.string(),
    year: z.int(),
    lines: Count,
    totalFen: Fen,
    paidLines: Count,
    /** Paid, and given back by the bank afterwards. */
    returnedLines: Count,
    rejectedLines: Count,
    /** Still without the bank's answer. */
    waitingLines: Count,
    createdBy: z.string(),
    createdAt: Instant,
    /** The file for the bank: made once, handed out unchanged, each time noted. */
    file: z
      .object({
        format: BankFileFormat,
        sha256: z.string(),
        madeAt: Instant,
        fetches: Count,
        fetchedBy: z.string(),
        fetchedAt: Instant,
      })
      .nullable(),
    /** That it is to be cancelled, or was. */
    cancel: z
      .object({
        state: z.enum(['asked', 'cancelled']),
        reason: z.string(),
        askedBy: z.string(),
        askedAt: Instant,
        decidedBy: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PaymentBatch' });
export type PaymentBatch = z.output<typeof PaymentBatch>;

export const createPaymentBatch = operation({
  id: 'createPaymentBatch',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/batches',
  summary: { zh: '生成发放批次', en: 'Put all open lines of a declaration into a payment batch' },
  access: ['finance'],
  audit: 'industry.payment-batch.created',
  params: DeclarationParams,
  body: z.object({ version: Version }),
  answer: PaymentBatch,
  status: 201,
});

const BATCH_READERS = [
  'finance',
  'county-office',
  'county-leader',
  'township-officer',
  'entity',
  'auditor',
  'evaluator',
] as const;

export const getPaymentBatch = operation({
  id: 'getPaymentBatch',
  owner: 'industry',
  method: 'GET',
  path: '/batches/{batchId}',
  summary: { zh: '发放批次', en: 'One payment batch' },
  access: BATCH_READERS,
  params: BatchParams,
  answer: PaymentBatch.extend({
    /** What the caller can do with it now, by the rule of the command itself, and why not. */
    steps: stepsOf(BATCH_STEPS),
  }),
});

export const listPaymentBatches = operation({
  id: 'listPaymentBatches',
  owner: 'industry',
  method: 'GET',
  path: '/batches',
  summary: { zh: '发放批次列表', en: 'Payment batches' },
  access: BATCH_READERS,
  query: PageQuery.extend({
    declarationId: Uuid.optional(),
    sort: sortBy(
      'number',
      'entityName',
      'year',
      'lines',
      'totalFen',
      'paidLines',
      'returnedLines',
      'rejectedLines',
      'waitingLines',
      'createdBy',
      'createdAt',
    ),
  }),
  answer: page(PaymentBatch),
});

export const downloadBankFile = operation({
  id: 'downloadBankFile',
  owner: 'industry',
  method: 'GET',
  path: '/batches/{batchId}/bank-file',
  summary: { zh: '下载银行代发文件（含完整账号，记录审计）', en: 'The bank file with full account numbers, audited' },
  access: ['finance'],
  audit: 'industry.bank-file.downloaded',
  params: BatchParams,
  query: z.object({ format: BankFileFormat.default('xlsx') }),
  answer: FileAnswer,
  answers: 'file',
});

export const cancelPaymentBatch = operation({
  id: 'cancelPaymentBatch',
  owner: 'industry',
  method: 'POST',
  path: '/batches/{batchId}/cancel',
  summary: {
    zh: '撤销发放批次（代发文件已下载的，须先告知银行并由另一人复核）',
    en: 'Cancel a batch; once its file was fetched, another person decides after the bank was told',
  },
  access: ['finance'],
  audit: 'industry.payment-batch.cancelled',
  params: BatchParams,
  /** Why; where the file was fetched, who at the bank was told and when. */
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  answer: PaymentBatch,
});

export const decideBatchCancel = operation({
  id: 'decideBatchCancel',
  owner: 'industry',
  method: 'POST',
  path: '/batches/{batchId}/cancel-decision',
  summary: { zh: '复核批次撤销', en: 'Approve or refuse that a batch is cancelled; not by who asked' },
  access: ['finance', 'county-office'],
  audit: 'industry.payment-batch.cancel-decided',
  params: BatchParams,
  body: z.object({ approved: z.boolean() }),
  answer: PaymentBatch,
});

export const uploadBankReceipt = operation({
  id: 'uploadBankReceipt',
  owner: 'industry',
  method: 'POST',
  path: '/batches/{batchId}/receipts',
  summary: {
    zh: '导入银行回单',
    en: 'Bring the bank’s receipt file: line id, amount, result; returns of paid lines too',
  },
  access: ['finance'],
  audit: 'industry.bank-receipt.imported',
  params: BatchParams,
  query: z.object({ name: z.string().min(1).max(255), paidOn: DayInput.optional() }),
  upload: true,
  answer: JobOrdered,
  status: 202,
});

/** What the job of `uploadBankReceipt` comes to. */
export const BankReceiptOutcome = ListOutcome.extend({
  paid: Count,
  rejected: Count,
  /** Paid before, and returned by the bank. */
  returned: Count,
  unchanged: Count,
  /** Whether the returns opened a closed declaration. */
  reopened: z.boolean(),
  batch: PaymentBatch,
});

export const getDividendLine = operation({
  id: 'getDividendLine',
  owner: 'industry',
  method: 'GET',
  path: '/lines/{lineId}',
  summary: { zh: '一笔分红明细', en: 'One line of a declaration, with what the caller can do with it now' },
  access: READERS,
  params: z.object({ lineId: Uuid }),
  answer: DividendLine.extend({
    steps: stepsOf(LINE_STEPS),
    /** Every payment of the line, the oldest first; one that the bank returned stays beside its return. */
    payments: z.array(
      z.object({
        id: Uuid,
        batchId: Uuid,
        batchNumber: z.string(),
        amountFen: Fen,
        reference: z.string(),
        paidOn: Day,
        returnedOn: Day.nullable(),
        returnReason: z.string().nullable(),
      }),
    ),
    /** Everything that was said to have been received, the oldest first. */
    words: z.array(
      z.object({
        id: Uuid,
        paymentId: Uuid,
        receivedFen: Fen,
        receivedOn: Day.nullable(),
        /** Said by the household's own account; else taken down for it. */
        isHousehold: z.boolean(),
        saidBy: z.string(),
        saidAt: Instant,
      }),
    ),
  }),
});

export const confirmReceived = operation({
  id: 'confirmReceived',
  owner: 'industry',
  method: 'POST',
  path: '/lines/{lineId}/confirm',
  summary: { zh: '农户确认收到分红', en: 'What the household says it received; taken down by nobody who pays' },
  access: ['household', 'village-officer', 'township-officer'],
  audit: 'industry.dividend.receipt-confirmed',
  params: z.object({ lineId: Uuid }),
  body: z.object({ receivedFen: HouseholdFen, receivedOn: DayInput.optional() }),
  answer: z.object({ line: DividendLine, differs: z.boolean() }),
});

export const Correction = z
  .object({
    id: Uuid,
    declarationId: Uuid,
    lineNumber: Count,
    householdNumber: z.string(),
    headName: z.string(),
    amountFen: Fen,
    newHouseholdNumber: z.string(),
    newAmountFen: Fen,
    /** What the line's household keeps when the amount goes to another one. */
    leftFen: Fen,
    /** Beyond what the offices may decide: the county leader does. */
    higherHand: z.boolean(),
    /** By which that was decided; null for corrections of former years. */
    basis: PolicyBasis.nullable(),
    reason: z.string(),
    madeBy: z.string(),
    madeAt: Instant,
    state: z.enum(['proposed', 'approved', 'refused']),
    checkedBy: z.string().nullable(),
  })
  .meta({ id: 'DividendCorrection' });

/** Who proposes and decides corrections that are not beyond the offices. */
export const CORRECTORS = ['finance', 'township-officer', 'county-office'] as const;

export const listCorrections = operation({
  id: 'listCorrections',
  owner: 'industry',
  method: 'GET',
  path: '/declarations/{declarationId}/corrections',
  summary: { zh: '更正记录', en: 'Corrections of a declaration’s lines' },
  access: [...CORRECTORS, 'entity', 'county-leader', 'auditor', 'evaluator'],
  params: DeclarationParams,
  answer: z.object({
    rows: z.array(
      Correction.extend({
        /** How the caller can decide it now, by the rule of the decision itself, and why not. */
        steps: stepsOf(CORRECTION_DECISIONS),
      }),
    ),
  }),
});

export const proposeCorrection = operation({
  id: 'proposeCorrection',
  owner: 'industry',
  method: 'POST',
  path: '/lines/{lineId}/corrections',
  summary: { zh: '提出更正（冲销并重开一笔）', en: 'Propose a correction: reversal and replacement of a line' },
  access: CORRECTORS,
  audit: 'industry.dividend.correction-proposed',
  params: z.object({ lineId: Uuid }),
  body: z.object({
    /** Another household of the contract, which gets the amount beside what it has; absent = the same. */
    householdNumber: HouseholdNumber.optional(),
    amountFen: HouseholdFen,
    /** What the line's household keeps when the amount goes to another one. */
    leftFen: HouseholdFen.default(0),
    reason: z.string().trim().min(2).max(500),
  }),
  answer: Correction,
  status: 201,
});

export const decideCorrection = operation({
  id: 'decideCorrection',
  owner: 'industry',
  method: 'POST',
  path: '/corrections/{correctionId}/decision',
  summary: { zh: '复核更正', en: 'Approve or refuse a correction; not by who proposed it' },
  access: [...CORRECTORS, 'county-leader'],
  audit: 'industry.dividend.correction-decided',
  params: z.object({ correctionId: Uuid }),
  body: z.object({ approved: z.boolean() }),
  answer: z.object({ correction: Correction, declaration: Declaration }),
});

import { NIL_STATES, NIL_STEPS } from '@bangfu/domain/industry/nil-year';
import { z } from 'zod';
import { Day, Instant, Uuid } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';

/** A dividend year of which the entity says that nothing is distributable. */
export const NilYear = z
  .object({
    id: Uuid,
    contractId: Uuid,
    year: z.int(),
    from: Day,
    to: Day,
    reason: z.string(),
    /** The number of the loss statement. */
    documentNumber: z.string().nullable(),
    declaredBy: z.string(),
    declaredAt: Instant,
    state: z.enum(NIL_STATES),
    /** Why it was returned. */
    returnReason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'NilYear' });
export type NilYear = z.output<typeof NilYear>;

/** With what the caller can do with it now, by the rule of the command itself, and why not. */
export const OfferedNilYear = NilYear.extend({ steps: stepsOf(NIL_STEPS) }).meta({ id: 'OfferedNilYear' });
export type OfferedNilYear = z.output<typeof OfferedNilYear>;

const NilParams = z.object({ nilId: Uuid });

export const declareNilYear = operation({
  id: 'declareNilYear',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/nil-years',
  summary: {
    zh: '申报本年度无可分配利润（仅限没有保底的合同）',
    en: 'Declare that a dividend year of a contract without a guarantee has nothing to distribute',
  },
  access: ['entity'],
  audit: 'industry.nil-year.declared',
  params: z.object({ contractId: Uuid }),
  body: z.object({
    year: z.int().min(2000).max(2100),
    /** The first day of the dividend year, where two of them end in the same calendar year. */
    from: DayInput.optional(),
    reason: z.string().trim().min(5).max(500),
    documentNumber: z.string().trim().min(1).max(100).optional(),
  }),
  answer: NilYear,
  status: 201,
});

export const decideNilYear = operation({
  id: 'decideNilYear',
  owner: 'industry',
  method: 'POST',
  path: '/nil-years/{nilId}/decision',
  summary: {
    zh: '确认或退回无可分配利润申报',
    en: 'The township confirms that a year has nothing to distribute, or returns it; not by who declared it',
  },
  access: ['township-officer'],
  audit: 'industry.nil-year.decided',
  params: NilParams,
  body: z.object({ confirmed: z.boolean(), reason: z.string().max(500).default('') }),
  answer: NilYear,
});

export const withdrawNilYear = operation({
  id: 'withdrawNilYear',
  owner: 'industry',
  method: 'POST',
  path: '/nil-years/{nilId}/withdrawal',
  summary: {
    zh: '撤回待确认的无可分配利润申报',
    en: 'The entity takes such a declaration back before it is decided',
  },
  access: ['entity'],
  audit: 'industry.nil-year.withdrawn',
  params: NilParams,
  answer: NilYear,
});

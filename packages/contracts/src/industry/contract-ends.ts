import { z } from 'zod';
import { Day, Instant, Uuid } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';

/** A contract that ends before its time, or a household that leaves it. */
export const ContractEnd = z
  .object({
    id: Uuid,
    contractId: Uuid,
    /** The household that leaves; null when the whole contract ends. */
    householdId: Uuid.nullable(),
    householdNumber: z.string().nullable(),
    headName: z.string().nullable(),
    /** The last day. */
    day: Day,
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: Instant,
    state: z.enum(['proposed', 'approved', 'refused']),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'ContractEnd' });
export type ContractEnd = z.output<typeof ContractEnd>;

/** An end with whether the caller can decide it now, by the rule of the command itself. */
export const DecidableContractEnd = ContractEnd.extend({
  decision: z.object({
    open: z.boolean(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
}).meta({ id: 'DecidableContractEnd' });
export type DecidableContractEnd = z.output<typeof DecidableContractEnd>;

export const listContractEnds = operation({
  id: 'listContractEnds',
  owner: 'industry',
  method: 'GET',
  path: '/contracts/{contractId}/ends',
  summary: { zh: '合同终止、农户退出记录', en: 'Ends of a contract and of households on it, the newest first' },
  access: READERS,
  params: z.object({ contractId: Uuid }),
  answer: z.object({ rows: z.array(DecidableContractEnd) }),
});

export const requestContractEnd = operation({
  id: 'requestContractEnd',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/ends',
  summary: {
    zh: '申请终止合同或农户退出',
    en: 'Ask that a contract end before its time, or that a household leave it',
  },
  access: ['entity', 'township-officer', 'county-office'],
  audit: 'industry.contract-end.requested',
  params: z.object({ contractId: Uuid }),
  body: z.object({
    /** The household that leaves; absent when the whole contract ends. */
    householdId: Uuid.optional(),
    /** The last day; the day before the first says that it never ran. */
    day: DayInput,
    reason: z.string().trim().min(2).max(500),
  }),
  answer: ContractEnd,
  status: 201,
});

export const decideContractEnd = operation({
  id: 'decideContractEnd',
  owner: 'industry',
  method: 'POST',
  path: '/contract-ends/{endId}/decision',
  summary: { zh: '复核合同终止或农户退出', en: 'Approve or refuse an end; not by who asked for it' },
  access: ['township-officer', 'county-office'],
  audit: 'industry.contract-end.decided',
  params: z.object({ endId: Uuid }),
  body: z.object({ approved: z.boolean() }),
  answer: ContractEnd,
});

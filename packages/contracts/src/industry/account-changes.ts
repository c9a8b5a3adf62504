import { z } from 'zod';
import { Instant, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';
import { AccountNumber } from './contracts.ts';

/** Another account for a household of a contract in force: requested by one person, decided by another. */
export const AccountChange = z
  .object({
    id: Uuid,
    contractId: Uuid,
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    bankName: z.string(),
    accountTail: z.string(),
    newBankName: z.string(),
    newAccountTail: z.string(),
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: Instant,
    state: z.enum(['proposed', 'approved', 'refused']),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'AccountChange' });
export type AccountChange = z.output<typeof AccountChange>;

/** A change with whether the caller can decide it now, by the rule of the command itself. */
export const DecidableAccountChange = AccountChange.extend({
  decision: z.object({
    open: z.boolean(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
}).meta({ id: 'DecidableAccountChange' });
export type DecidableAccountChange = z.output<typeof DecidableAccountChange>;

export const listAccountChanges = operation({
  id: 'listAccountChanges',
  owner: 'industry',
  method: 'GET',
  path: '/contracts/{contractId}/account-changes',
  summary: { zh: '收款账号变更记录', en: 'Changes of households’ accounts under a contract, the newest first' },
  access: READERS,
  params: z.object({ contractId: Uuid }),
  answer: z.object({ rows: z.array(DecidableAccountChange) }),
});

export const requestAccountChange = operation({
  id: 'requestAccountChange',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/households/{householdId}/account-changes',
  summary: { zh: '申请变更收款账号', en: 'Request another account for a household of a contract in force' },
  access: ['entity', 'township-officer'],
  audit: 'industry.account-change.requested',
  params: z.object({ contractId: Uuid, householdId: Uuid }),
  body: z.object({
    bankName: z.string().trim().min(2).max(60),
    account: AccountNumber,
    reason: z.string().trim().min(2).max(500),
  }),
  answer: AccountChange,
  status: 201,
});

export const decideAccountChange = operation({
  id: 'decideAccountChange',
  owner: 'industry',
  method: 'POST',
  path: '/account-changes/{changeId}/decision',
  summary: { zh: '复核收款账号变更', en: 'Approve or refuse a change of account; not by who requested it' },
  access: ['township-officer', 'county-office'],
  audit: 'industry.account-change.decided',
  params: z.object({ changeId: Uuid }),
  body: z.object({ approved: z.boolean() }),
  answer: AccountChange,
});

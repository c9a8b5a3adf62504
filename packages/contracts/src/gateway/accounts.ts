import { PROPOSED_GRANT_STEPS } from '@bangfu/domain/shared/grants';
import { z } from 'zod';
import { Count, Instant, NoInput, Nothing, page, PageQuery, Uuid } from '../core/common.ts';
import { InstantInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { Grant, Password } from './session.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

/** A grant that waits for a second administrator; until then it gives nothing. */
const ProposedGrant = Grant.extend({
  id: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  steps: stepsOf(PROPOSED_GRANT_STEPS),
}).meta({ id: 'ProposedGrant' });

export const AccountRow = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    /** In force. */
    grants: z.array(Grant.extend({ id: z.string() })),
    proposed: z.array(ProposedGrant),
    lastSignInAt: Instant.nullable(),
    createdAt: Instant,
    disabled: z.boolean(),
  })
  .meta({ id: 'AccountRow' });

const Username = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,58}[a-z0-9]$/)
  .register(SHAPE_WORDS, {
    zh: '应为 3 至 60 位小写字母、数字、点或横线，以字母开头',
    en: 'must be 3 to 60 small letters, digits, dots or hyphens, beginning with a letter',
  });
/** A grant as it is given: its end is a day of this age. */
const GrantInput = Grant.extend({ until: InstantInput.exactOptional() }).meta({ id: 'GrantInput' });
/** How many of the grants wait for a second administrator. */
const Proposed = Count;
const AccountParams = z.object({ accountId: Uuid });

export const listAccounts = operation({
  id: 'listAccounts',
  owner: 'gateway',
  method: 'GET',
  path: '/accounts',
  summary: { zh: '账号列表', en: 'Accounts' },
  access: ['system-administrator'],
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    sort: sortBy('username', 'name', 'lastSignInAt', 'createdAt', 'disabled'),
  }),
  answer: page(AccountRow),
});

export const createAccount = operation({
  id: 'createAccount',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts',
  summary: { zh: '新建账号', en: 'Create an account' },
  access: ['system-administrator'],
  audit: 'gateway.account.created',
  body: z.object({
    username: Username,
    name: z.string().min(1).max(60),
    grants: z.array(GrantInput).max(20),
    /** Absent: one is generated, answered once and must be changed at the first sign-in. */
    password: Password.optional(),
  }),
  answer: z.object({
    id: z.string(),
    username: z.string(),
    oneTimePassword: z.string().nullable(),
    proposed: Proposed,
  }),
  status: 201,
});

export const giveGrant = operation({
  id: 'giveGrant',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/grants',
  summary: { zh: '授权', en: 'Give a grant; some roles wait for a second administrator' },
  access: ['system-administrator'],
  audit: 'gateway.grant.given',
  params: AccountParams,
  body: GrantInput,
  answer: z.object({ id: z.string(), proposed: Proposed }),
  status: 201,
});

export const listProposedGrants = operation({
  id: 'listProposedGrants',
  owner: 'gateway',
  method: 'GET',
  path: '/proposed-grants',
  summary: { zh: '待第二名管理员确认的授权', en: 'Grants that wait for a second administrator, the oldest first' },
  access: ['system-administrator'],
  answer: z.object({
    rows: z.array(ProposedGrant.extend({ account: AccountRow.pick({ id: true, username: true, name: true }) })),
    /** Administrators of the whole platform beside the caller; with none, one is made on the platform’s machine. */
    otherAdministrators: Count,
  }),
});

export const confirmGrant = operation({
  id: 'confirmGrant',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/grants/{grantId}/confirm',
  summary: { zh: '确认授权', en: 'Confirm, as a second administrator, a grant another one has proposed' },
  access: ['system-administrator'],
  audit: 'gateway.grant.confirmed',
  params: AccountParams.extend({ grantId: Uuid }),
  body: NoInput,
  answer: Nothing,
  status: 204,
});

export const withdrawGrant = operation({
  id: 'withdrawGrant',
  owner: 'gateway',
  method: 'DELETE',
  path: '/accounts/{accountId}/grants/{grantId}',
  summary: { zh: '撤销授权', en: 'Withdraw a grant, in force or proposed' },
  access: ['system-administrator'],
  audit: 'gateway.grant.withdrawn',
  params: AccountParams.extend({ grantId: Uuid }),
  answer: Nothing,
  status: 204,
});

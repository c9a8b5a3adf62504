import { ACCOUNT_STATES, PROPOSED_RESET_STEPS } from '@bangfu/domain/shared/accounts';
import { PROPOSED_GRANT_STEPS } from '@bangfu/domain/shared/grants';
import { z } from 'zod';
import { Count, Instant, NoInput, Nothing, page, PageQuery, Uuid } from '../core/common.ts';
import { InstantInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { SHOWN_ONCE } from '../core/shown-once.ts';
import { stepsOf } from '../core/steps.ts';
import { SHAPE_WORDS } from '../core/strict.ts';
import { ApiKeyRow } from './keys.ts';
import { Ended, Grant, Password, SessionRow } from './session.ts';

/** A grant that waits for a second administrator; until then it gives nothing. */
const ProposedGrant = Grant.extend({
  id: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  steps: stepsOf(PROPOSED_GRANT_STEPS),
}).meta({ id: 'ProposedGrant' });

const AccountState = z.enum(ACCOUNT_STATES);

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
    state: AccountState,
    /** Who disabled it, when and why. */
    disabling: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
    /** When the password that was handed over ends, where there is one. */
    oneTimeUntil: Instant.nullable(),
    /** A reset of the password that waits for a second administrator. */
    reset: z.object({ proposedBy: z.string(), proposedAt: Instant, steps: stepsOf(PROPOSED_RESET_STEPS) }).nullable(),
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
/** Null where none was made. */
const OneTimePassword = z.string().register(SHOWN_ONCE, {}).nullable();
/** The account by its user name, and how it can be used now. */
const AccountOutcome = z.object({ account: z.string(), state: AccountState }).meta({ id: 'AccountOutcome' });
const Reason = z.string().trim().min(2).max(200);

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
  unsorted: {
    oneTimeUntil: 'passes within a day; shown with the account, not in the list',
    state: 'what lasts of it is sorted by `disabled`',
  },
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
    /** Absent: one is generated and answered once. Either way it is good for a day and must be changed at the first sign-in. */
    password: Password.optional(),
  }),
  answer: z.object({
    id: z.string(),
    username: z.string(),
    oneTimePassword: OneTimePassword,
    oneTimeUntil: Instant.nullable(),
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

export const disableAccount = operation({
  id: 'disableAccount',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/disable',
  summary: { zh: '停用账号', en: 'Disable an account; its sessions and API keys end at once' },
  access: ['system-administrator'],
  audit: 'gateway.account.disabled',
  params: AccountParams,
  body: z.object({ reason: Reason }),
  answer: AccountOutcome,
});

export const enableAccount = operation({
  id: 'enableAccount',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/enable',
  summary: { zh: '恢复账号', en: 'Enable a disabled account; its password and grants are as they were' },
  access: ['system-administrator'],
  audit: 'gateway.account.enabled',
  params: AccountParams,
  body: z.object({ reason: Reason }),
  answer: AccountOutcome,
});

export const resetPassword = operation({
  id: 'resetPassword',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/reset',
  summary: {
    zh: '重置密码：给出一次性密码；重要岗位的账号须第二名管理员确认',
    en: 'Reset a password: a one-time password for a day, or, for accounts whose roles need a second administrator, a proposal',
  },
  access: ['system-administrator'],
  audit: 'gateway.password.reset',
  params: AccountParams,
  body: NoInput,
  answer: AccountOutcome.extend({ oneTimePassword: OneTimePassword, oneTimeUntil: Instant.nullable() }),
});

export const confirmReset = operation({
  id: 'confirmReset',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/reset/confirm',
  summary: { zh: '确认重置密码', en: 'Confirm, as a second administrator, a reset another one has proposed' },
  access: ['system-administrator'],
  audit: 'gateway.password.reset-confirmed',
  params: AccountParams,
  body: NoInput,
  answer: AccountOutcome.extend({ oneTimePassword: OneTimePassword, oneTimeUntil: Instant.nullable() }),
});

export const withdrawReset = operation({
  id: 'withdrawReset',
  owner: 'gateway',
  method: 'DELETE',
  path: '/accounts/{accountId}/reset',
  summary: { zh: '撤回重置密码', en: 'Withdraw a proposed reset' },
  access: ['system-administrator'],
  audit: 'gateway.password.reset-withdrawn',
  params: AccountParams,
  answer: Nothing,
  status: 204,
});

export const unlockAccount = operation({
  id: 'unlockAccount',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/unlock',
  summary: { zh: '解除登录等待', en: 'Forget an account’s failed sign-ins, so that nobody has to wait' },
  access: ['system-administrator'],
  audit: 'gateway.account.unlocked',
  params: AccountParams,
  body: NoInput,
  answer: AccountOutcome,
});

export const listAccountSignIns = operation({
  id: 'listAccountSignIns',
  owner: 'gateway',
  method: 'GET',
  path: '/accounts/{accountId}/sign-ins',
  summary: { zh: '账号的登录和接口密钥', en: 'An account’s sessions and API keys' },
  access: ['system-administrator'],
  params: AccountParams,
  answer: z.object({ sessions: z.array(SessionRow), keys: z.array(ApiKeyRow) }),
});

export const endAccountSignIns = operation({
  id: 'endAccountSignIns',
  owner: 'gateway',
  method: 'POST',
  path: '/accounts/{accountId}/sign-ins/end',
  summary: { zh: '结束账号的全部登录和接口密钥', en: 'End all of an account’s sessions and API keys' },
  access: ['system-administrator'],
  audit: 'gateway.account.sign-ins-ended',
  params: AccountParams,
  body: NoInput,
  answer: Ended,
});

export const endAccountSession = operation({
  id: 'endAccountSession',
  owner: 'gateway',
  method: 'DELETE',
  path: '/accounts/{accountId}/sessions/{sessionId}',
  summary: { zh: '结束账号的一次登录', en: 'End one session of an account' },
  access: ['system-administrator'],
  audit: 'gateway.account.session-ended',
  params: AccountParams.extend({ sessionId: Uuid }),
  answer: Nothing,
  status: 204,
});

export const withdrawAccountKey = operation({
  id: 'withdrawAccountKey',
  owner: 'gateway',
  method: 'DELETE',
  path: '/accounts/{accountId}/keys/{keyId}',
  summary: { zh: '撤销账号的接口密钥', en: 'Withdraw an API key of an account' },
  access: ['system-administrator'],
  audit: 'gateway.account.key-withdrawn',
  params: AccountParams.extend({ keyId: Uuid }),
  answer: Nothing,
  status: 204,
});

import { ROLES } from '@bangfu/domain/shared/roles';
import { z } from 'zod';
import { Count, Instant, Nothing, RegionCode, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { VERBATIM } from '../core/readable.ts';

/** The id of what a grant is bound to. */
const BoundId = z.string().max(100);

export const Scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('platform') }),
  z.object({ kind: z.literal('region'), code: RegionCode }),
  z.object({ kind: z.literal('unit'), id: BoundId }),
  z.object({ kind: z.literal('helper'), id: BoundId }),
  z.object({ kind: z.literal('entity'), id: BoundId }),
  z.object({ kind: z.literal('provider'), id: BoundId }),
  z.object({ kind: z.literal('household'), id: BoundId }),
  z.object({
    kind: z.literal('evaluation'),
    id: BoundId,
    regions: z.array(RegionCode).max(500).readonly(),
    services: z.array(z.string().max(40)).max(10).readonly(),
  }),
]);

export const Grant = z
  .object({ role: z.enum(ROLES), scope: Scope, until: Instant.exactOptional() })
  .meta({ id: 'Grant' });

/** Who is signed in, with which grants; state-changing calls with the cookie must send the CSRF header. */
export const Session = z
  .object({
    account: z.object({ id: z.string(), username: z.string(), name: z.string() }),
    county: z.object({ code: z.string(), name: z.string() }),
    grants: z.array(Grant),
    mustChangePassword: z.boolean(),
    csrf: z.object({ header: z.string(), token: z.string() }),
    /** The platform's time: forms take the day from it, never from the clerk's machine. */
    asOf: Instant,
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof Session>;

/** Secrets are taken as they are typed, sign by sign. */
export const Password = z.string().min(10).max(128).register(VERBATIM, {});
const AnyPassword = z.string().min(1).max(200).register(VERBATIM, {});

export const signIn = operation({
  id: 'signIn',
  owner: 'gateway',
  method: 'POST',
  path: '/session',
  summary: { zh: '登录', en: 'Sign in' },
  access: 'public',
  audit: 'gateway.session.begun',
  body: z.object({ username: z.string().min(1).max(60), password: AnyPassword }),
  answer: Session,
});

export const getSession = operation({
  id: 'getSession',
  owner: 'gateway',
  method: 'GET',
  path: '/session',
  summary: { zh: '当前登录', en: 'Who is signed in' },
  access: 'signed-in',
  answer: Session,
});

export const signOut = operation({
  id: 'signOut',
  owner: 'gateway',
  method: 'DELETE',
  path: '/session',
  summary: { zh: '退出登录', en: 'Sign out' },
  access: 'signed-in',
  audit: 'gateway.session.ended',
  answer: Nothing,
  status: 204,
});

export const signOutEverywhere = operation({
  id: 'signOutEverywhere',
  owner: 'gateway',
  method: 'POST',
  path: '/session/sign-out-everywhere',
  summary: { zh: '在所有设备上退出', en: 'Sign out everywhere' },
  access: 'signed-in',
  audit: 'gateway.session.ended-everywhere',
  /** API keys end with the sessions unless they are to be kept. */
  body: z.object({ keepKeys: z.boolean().optional() }),
  answer: Nothing,
  status: 204,
});

export const changePassword = operation({
  id: 'changePassword',
  owner: 'gateway',
  method: 'POST',
  path: '/session/password',
  summary: {
    zh: '修改本人密码；其他登录和接口密钥随之失效',
    en: 'Change one’s own password; every other session and, unless they are kept, all API keys end',
  },
  access: 'signed-in',
  audit: 'gateway.password.changed',
  body: z.object({ current: AnyPassword, next: Password, keepKeys: z.boolean().optional() }),
  answer: Nothing,
  status: 204,
});

/** A session as its account, or an administrator, sees it. */
export const SessionRow = z
  .object({
    id: Uuid,
    begunAt: Instant,
    /** When it was last prolonged by use, which happens once an hour. */
    usedAt: Instant,
    /** When it ends if it is not used before; never later than a week after it began. */
    endsAt: Instant,
    address: z.string(),
    /** The program, as it names itself. */
    agent: z.string(),
    /** The one that asks. */
    isThis: z.boolean(),
  })
  .meta({ id: 'SessionRow' });

export const listSessions = operation({
  id: 'listSessions',
  owner: 'gateway',
  method: 'GET',
  path: '/session/sessions',
  summary: { zh: '本人的登录', en: 'One’s own sessions, the newest first' },
  access: 'signed-in',
  answer: z.object({ rows: z.array(SessionRow) }),
});

export const endSession = operation({
  id: 'endSession',
  owner: 'gateway',
  method: 'DELETE',
  path: '/session/sessions/{sessionId}',
  summary: { zh: '结束本人的一次登录', en: 'End one of one’s own sessions' },
  access: 'signed-in',
  audit: 'gateway.session.ended-one',
  params: z.object({ sessionId: Uuid }),
  answer: Nothing,
  status: 204,
});

/** How much of an account was ended. */
export const Ended = z.object({ sessions: Count, keys: Count }).meta({ id: 'EndedSignIns' });

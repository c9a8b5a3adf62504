import * as contract from '@bangfu/contracts/gateway/session';
import { isExpired, ONE_TIME_HOURS } from '@bangfu/domain/shared/accounts';
import type { Caller } from '@bangfu/platform/auth/caller';
import { answeringInside } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Identity } from '../../../auth/identity.ts';
import type { Attempt } from '../../../auth/limits.ts';
import type { FoundSession, Proof } from '../../../auth/sign-in-library.ts';
import { noteAddress, type Pair } from '../../../auth/usual-addresses.ts';
import type { Gateway } from '../../../gateway.ts';
import { carryOut, procedure } from '../../../operations.ts';
import { type Account, accounts } from '../../accounts/account.repository.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { sessionAnswer } from '../session.answer.ts';
import { accountNamed } from './account-named.ts';

/** The command of an attempt answers the session it opened, or nothing; what is answered follows from it. */
const ATTEMPT = answeringInside(contract.signIn);
/** Said only to who has the right password. */
const EXPIRED = () => new Refusal(401, 'ONE_TIME_EXPIRED', { params: { hours: ONE_TIME_HOURS } });
/** A failed attempt is answered no sooner than this, so that the time tells nothing about the reason. */
const FAILURE_MS = 400;

/** A successful sign-in: who it is and the cookies to set. */
interface SignedIn {
  readonly identity: Identity;
  readonly cookies: readonly string[];
}

/** What was typed at the sign-in, and by which program. */
interface Typed {
  readonly username: string;
  readonly password: string;
  readonly agent: string;
}

/** What came of an attempt that was let through: who is signed in, or nothing, which the audit has then. */
async function tryPassword(
  gateway: Gateway,
  { username: name, password, agent }: Typed,
  { isUsual, pair }: Attempt,
  from: Caller,
  now: Date,
): Promise<SignedIn | null> {
  const user = await accountNamed(gateway, name, from, now);
  const proof = await gateway.library.prove(user?.id ?? null, password, isUsual ? 'usual' : 'other');
  const refused = async () => recordRefused(gateway, user?.id ?? 'unknown', from, now);
  const opened =
    user && proof
      ? await openSession(gateway, { user, proof, agent }, pair, from, now).catch(async (error: unknown) => {
          if (error instanceof Refusal) await refused();
          throw error;
        })
      : null;
  if (!opened) {
    await refused();
    return null;
  }
  const identity = await gateway.identities.ofSession({ id: opened.sessionId, token: opened.token });
  return identity && { identity, cookies: opened.cookies };
}

/** Opens the session of a proven password; null when the account was disabled or its password changed meanwhile. */
async function openSession(
  gateway: Gateway,
  { user, proof, agent }: { readonly user: Account; readonly proof: Proof; readonly agent: string },
  pair: Pair,
  from: Caller,
  now: Date,
): Promise<FoundSession | null> {
  const { id, name, countyCode, username } = user;
  const caller: Caller = { ...from, id, name, countyCode };
  const { address } = from;
  return carryOut<FoundSession | null>(gateway, ATTEMPT, { caller, now }, null, async ({ tx, audit }) => {
    // What ends an account's sessions locks it too: none is opened behind its back.
    await lockAccount(tx.sql, id);
    const account = await accounts(tx.sql).where('a.id', '=', id).executeTakeFirstOrThrow();
    const session = account.disabledAt ? null : await gateway.library.signIn(username, proof, { address, agent });
    if (!session) {
      audit.nothing();
      return null;
    }
    if (isExpired(account, new Date())) throw EXPIRED();
    await tx.sql.updateTable('account').set({ last_sign_in_at: now }).where('id', '=', id).execute();
    const sessions = tx.sql.deleteFrom('session').where('account_id', '=', id);
    await sessions.where('expires_at', '<', new Date()).execute();
    await noteAddress(tx.sql, user, pair);
    audit.entry('account', id, null);
    return session;
  });
}

/** The audit keeps refused attempts too; what was typed as a name may be a password and is not kept. */
async function recordRefused(gateway: Gateway, accountId: string, caller: Caller, now: Date): Promise<void> {
  const actor = { caller: { ...caller, countyCode: gateway.countyCode }, now };
  await carryOut(gateway, { ...ATTEMPT, audit: 'gateway.session.refused' }, actor, null, async ({ audit }) => {
    audit.entry('account', accountId, null);
    return null;
  });
}

/** Gives a password that was typed one try, which is counted before any work is done. @returns null when it failed */
async function tryOnce(gateway: Gateway, given: Typed, from: Caller, now: Date): Promise<SignedIn | null> {
  const attempt = await gateway.limits.attempt(given.username, from.address);
  let isFailed = false;
  try {
    const signedIn = await tryPassword(gateway, given, attempt, from, now);
    isFailed = signedIn === null;
    return signedIn;
  } finally {
    if (!isFailed) await attempt.giveBack();
  }
}

/**
 * Opens a session for a name and a password. Unknown name, wrong password and disabled account look alike. The attempt
 * is given back when it succeeds or could not be made. A repeat opens another session, so no Idempotency-Key is kept.
 * @throws Refusal 401 WRONG_CREDENTIALS, ONE_TIME_EXPIRED, 429 TOO_FAST or TOO_MANY_ATTEMPTS, 503 SIGN_IN_BUSY
 */
export const signIn = procedure(contract.signIn, async ({ body, caller, now, kit, request, response }) => {
  const started = performance.now();
  const agent = (request.get('user-agent') ?? '').slice(0, 300);
  const username = body.username.trim().toLowerCase();
  const signedIn = await tryOnce(kit, { username, password: body.password, agent }, caller, now);
  if (!signedIn) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, FAILURE_MS - (performance.now() - started))));
    throw new Refusal(401, 'WRONG_CREDENTIALS');
  }
  const { identity, cookies } = signedIn;
  for (const cookie of cookies) response.append('set-cookie', cookie);
  response.set('cache-control', 'no-store');
  return sessionAnswer(kit, identity);
});

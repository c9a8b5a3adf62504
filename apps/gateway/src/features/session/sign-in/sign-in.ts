import { signIn as operation } from '@bangfu/contracts/gateway/session';
import { isExpired, ONE_TIME_HOURS } from '@bangfu/domain/shared/accounts';
import type { Caller } from '@bangfu/platform/auth/caller';
import { answeringInside, runCommand } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Identity } from '../../../auth/identity.ts';
import type { Attempt } from '../../../auth/limits.ts';
import type { FoundSession, Proof } from '../../../auth/sign-in-library.ts';
import { noteAddress, type Pair } from '../../../auth/usual-addresses.ts';
import type { Gateway } from '../../../gateway.ts';
import type { User } from '../../../generated/prisma/client.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { accountNamed } from './account-named.ts';

/** The command of an attempt answers the session it opened, or nothing; what is answered follows from it. */
const ATTEMPT = answeringInside(operation);
/** Said only to who has the right password. */
const EXPIRED = () => new Refusal(401, 'ONE_TIME_EXPIRED', { params: { hours: ONE_TIME_HOURS } });
/** A failed attempt is answered no sooner than this, so that the time tells nothing about the reason. */
const FAILURE_MS = 400;

/** A successful sign-in: who it is and the cookies to set. */
export interface SignedIn {
  readonly identity: Identity;
  readonly cookies: readonly string[];
}

/** What was typed at the sign-in, and by which program. */
export interface Typed {
  readonly username: string;
  readonly password: string;
  readonly agent: string;
}

/**
 * Opens a session for a name and a password. Unknown name, wrong password and disabled account look alike. The attempt
 * is counted before any work is done, and given back when it succeeds or could not be made.
 * @throws Refusal 401 WRONG_CREDENTIALS, ONE_TIME_EXPIRED, 429 TOO_FAST or TOO_MANY_ATTEMPTS, 503 SIGN_IN_BUSY
 */
export async function signIn(gateway: Gateway, given: Typed, from: Caller, now: Date): Promise<SignedIn> {
  const started = performance.now();
  const name = given.username.trim().toLowerCase();
  const attempt = await gateway.limits.attempt(name, from.address);
  let isFailed = false;
  try {
    const signedIn = await tryPassword(gateway, { ...given, username: name }, attempt, from, now);
    isFailed = signedIn === null;
    if (signedIn) return signedIn;
  } finally {
    if (!isFailed) await attempt.giveBack();
  }
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, FAILURE_MS - (performance.now() - started))));
  throw new Refusal(401, 'WRONG_CREDENTIALS');
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
  { user, proof, agent }: { readonly user: User; readonly proof: Proof; readonly agent: string },
  pair: Pair,
  from: Caller,
  now: Date,
): Promise<FoundSession | null> {
  const { id, name, countyCode, username } = user;
  const caller: Caller = { ...from, id, name, countyCode };
  const { address } = from;
  return runCommand(gateway.transaction, gateway.newId, ATTEMPT, { caller, now }, null, async (tx, sql) => {
    // What ends an account's sessions locks it too: none is opened behind its back.
    await lockAccount(sql, id);
    const account = await tx.user.findUniqueOrThrow({ where: { id } });
    if (account.disabledAt) return { answer: null, audit: [] };
    const session = await gateway.library.signIn(username, proof, { address, agent });
    if (!session) return { answer: null, audit: [] };
    if (isExpired(account, new Date())) throw EXPIRED();
    await tx.user.update({ where: { id }, data: { lastSignInAt: now } });
    await tx.session.deleteMany({ where: { userId: id, expiresAt: { lt: new Date() } } });
    await noteAddress(sql, user, pair);
    const audit = [{ action: operation.audit ?? '', recordType: 'account', recordId: id, change: null }];
    return { answer: session as FoundSession | null, audit };
  });
}

/** The audit keeps refused attempts too; what was typed as a name may be a password and is not kept. */
async function recordRefused(gateway: Gateway, accountId: string, caller: Caller, now: Date): Promise<void> {
  await runCommand(
    gateway.transaction,
    gateway.newId,
    ATTEMPT,
    { caller: { ...caller, countyCode: gateway.countyCode }, now },
    null,
    async () => ({
      answer: null,
      audit: [{ action: 'gateway.session.refused', recordType: 'account', recordId: accountId, change: null }],
    }),
  );
}

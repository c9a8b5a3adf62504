import { signIn as operation } from '@bangfu/contracts/gateway/session';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { answeringInside, runCommand } from '@bangfu/service-kit/db/command';
import { Refusal } from '@bangfu/service-kit/http/refusal';
import type { Identity } from '../../../auth/identity.ts';
import type { FoundSession } from '../../../auth/sign-in-library.ts';
import type { Gateway } from '../../../gateway.ts';
import { accountNamed } from './account-named.ts';

/** The command of an attempt answers the session it opened, or nothing; what is answered follows from it. */
const ATTEMPT = answeringInside(operation);
/** A failed attempt is answered no sooner than this, so that the time tells nothing about the reason. */
const FAILURE_MS = 400;

/** A successful sign-in: who it is and the cookies to set. */
export interface SignedIn {
  readonly identity: Identity;
  readonly cookies: readonly string[];
}

/** Attempts at one name come one after the other here, so that many at once are counted like many in turn. */
function oneByOne() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

/**
 * Opens a session for a name and a password. Unknown name, wrong password and disabled account look alike.
 * @throws Refusal 401 WRONG_CREDENTIALS, 429 TOO_MANY_ATTEMPTS
 */
export function signInUseCase(gateway: Gateway) {
  const inTurn = oneByOne();

  const attempt = async (
    name: string,
    password: string,
    agent: string,
    from: Caller,
    now: Date,
  ): Promise<SignedIn | null> => {
    const user = await accountNamed(gateway, name, from, now);
    const caller: Caller = user ? { ...from, id: user.id, name: user.name, countyCode: user.countyCode } : from;
    const opened = await runCommand(gateway.transaction, gateway.newId, ATTEMPT, { caller, now }, null, async (tx) => {
      const session = await gateway.library.signIn(user?.username ?? name, password, {
        address: from.address,
        agent,
      });
      if (!session || !user || user.disabledAt) throw new Refusal(401, 'WRONG_CREDENTIALS');
      await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: now } });
      await tx.session.deleteMany({ where: { userId: user.id, expiresAt: { lt: new Date() } } });
      const audit = [{ action: operation.audit ?? '', recordType: 'account', recordId: user.id, change: null }];
      return { answer: session as FoundSession, audit };
    }).catch(async (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      await gateway.limits.failedSignIn(name, from.address);
      await recordRefused(gateway, user?.id ?? 'unknown', from, now);
      return null;
    });
    const identity =
      opened && (await gateway.identities.ofSession(opened.userId, { id: opened.sessionId, token: opened.token }));
    return identity && { identity, cookies: opened.cookies };
  };

  return async (
    given: { username: string; password: string; agent: string },
    from: Caller,
    now: Date,
  ): Promise<SignedIn> => {
    const started = performance.now();
    const name = given.username.trim().toLowerCase();
    const signedIn = await inTurn(name, async () => {
      await gateway.limits.beforeSignIn(name, from.address);
      return attempt(name, given.password, given.agent, from, now);
    });
    if (!signedIn) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, FAILURE_MS - (performance.now() - started))));
      throw new Refusal(401, 'WRONG_CREDENTIALS');
    }
    await gateway.limits.succeededSignIn(name);
    return signedIn;
  };
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

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '@bangfu/service-kit/auth/token';
import type { Request, Response } from 'express';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { effectiveGrants } from '../features/accounts/account.repository.ts';
import type { SignInLibrary } from './sign-in-library.ts';

/** Who stands behind a call, by cookie or by key. */
export interface Identity {
  readonly account: Account;
  readonly username: string;
  readonly mustChangePassword: boolean;
  /** Of a call by cookie; a key has none. */
  readonly session: { readonly id: string; readonly token: string } | null;
  /** The token that services check. */
  readonly token: string;
}

/** Finds who calls; what it found stays good for a minute at most, and is dropped at once where it changes here. */
export interface Identities {
  identify(request: Request, response: Response): Promise<Identity | null>;
  /** What a fresh session of an account looks like. */
  ofSession(userId: string, session: { id: string; token: string }): Promise<Identity | null>;
  drop(accountId: string): void;
}

const KEPT_MS = 60_000;
const KEPT_AT_MOST = 20_000;
const SESSION_COOKIE = /(?:^|;\s*)((?:__Secure-)?bangfu\.session_token=[^;]+)/;

/** The session cookie of a request, name and value; other cookies play no part. */
export function sessionCookie(request: Request): string | undefined {
  return SESSION_COOKIE.exec(request.headers.cookie ?? '')?.[1];
}

/** The key of a machine client. */
export function bearerKey(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** The digest under which a key is kept. */
export const keyDigest = (key: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(key).digest());

/** Makes and checks the value a page sends back with each change; it belongs to one session. */
export function csrfTokens(secret: string) {
  const of = (sessionId: string) => createHmac('sha256', secret).update(`csrf\0${sessionId}`).digest('base64url');
  return {
    of,
    isRight(sessionId: string, given: string | undefined): boolean {
      const expected = Buffer.from(of(sessionId));
      const received = Buffer.from(given ?? '');
      return expected.length === received.length && timingSafeEqual(expected, received);
    },
  };
}

/** Who calls, from the sign-in library's sessions and our own keys. */
export function makeIdentities(options: {
  prisma: PrismaClient;
  library: SignInLibrary;
  countyCode: string;
  sign: (account: Account, now: Date) => Promise<string>;
}): Identities {
  const { prisma, library, countyCode, sign } = options;
  const kept = new Map<string, { until: number; identity: Identity }>();
  // Whatever is being looked up while something is dropped may be out of date and is not kept.
  let drops = 0;

  const load = async (userId: string, session: Identity['session']): Promise<Identity | null> => {
    const now = new Date();
    const user = await prisma.user.findUnique({ where: { id: userId } });
    if (!user || user.disabledAt) return null;
    const grants = await effectiveGrants(prisma, userId, now);
    const account = { id: user.id, name: user.name, countyCode, grants };
    return {
      account,
      username: user.username,
      mustChangePassword: user.mustChangePassword,
      session,
      token: await sign(account, now),
    };
  };
  const byCookie = async (cookie: string, response: Response) => {
    const found = await library.find(cookie);
    if (!found) return null;
    for (const each of found.cookies) response.append('set-cookie', each);
    return load(found.userId, { id: found.sessionId, token: found.token });
  };
  const byKey = async (key: string) => {
    const row = await prisma.apiKey.findUnique({ where: { keySha256: keyDigest(key) } });
    if (!row || row.withdrawnAt) return null;
    await prisma.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: new Date() } });
    return load(row.userId, null);
  };
  return {
    async identify(request, response) {
      const key = bearerKey(request);
      const cookie = key ? undefined : sessionCookie(request);
      const credential = key ?? cookie;
      if (!credential) return null;
      const known = kept.get(credential);
      if (known && known.until > Date.now()) return known.identity;
      const before = drops;
      const identity = key ? await byKey(key) : await byCookie(credential, response);
      if (identity && before === drops) {
        if (kept.size >= KEPT_AT_MOST) kept.clear();
        kept.set(credential, { until: Date.now() + KEPT_MS, identity });
      }
      return identity;
    },
    ofSession: load,
    drop(accountId) {
      drops += 1;
      for (const [credential, { identity }] of kept) if (identity.account.id === accountId) kept.delete(credential);
    },
  };
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@bangfu/domain/shared/time';
import type { Account } from '@bangfu/platform/auth/token';
import type { Request, Response } from 'express';
import type { Kysely } from 'kysely';
import type { DB } from '../generated/tables.ts';
import type { SignInLibrary } from './sign-in-library.ts';
import { type Credential, type Standing, standingOf } from './standing.ts';

/** Who stands behind a call, by cookie or by key. */
export interface Identity {
  readonly account: Account;
  readonly username: string;
  readonly mustChangePassword: boolean;
  /** Of a call by cookie; a key has none. */
  readonly session: { readonly id: string; readonly token: string } | null;
  readonly credential: Credential;
  /** The token that services check. */
  readonly token: string;
}

/**
 * Finds who calls. What it found is asked about again after a moment, whichever gateway has changed it, so that a
 * credential that has ended is worth nothing within a second everywhere.
 */
export interface Identities {
  identify(request: Request, response: Response): Promise<Identity | null>;
  /** What a fresh session of an account looks like. */
  ofSession(session: { id: string; token: string }): Promise<Identity | null>;
  /** Whether what somebody came by has ended meanwhile. */
  isOver(identity: Identity): Promise<boolean>;
  drop(accountId: string): void;
}

/** The token that services get lives five minutes; a fresh one is made long before. */
const KEPT_MS = 60_000;
/** So long what is kept is taken without asking the database. */
const UNASKED_MS = 400;
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
export const keyDigest = (key: string): Buffer => createHash('sha256').update(key).digest();

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

/** An identity as it was found, and when it was last looked at. */
interface Kept {
  readonly credential: Credential;
  readonly standing: string;
  readonly identity: Identity;
  readonly until: number;
  checkedAt: number;
  /** A look that is on its way; all who come meanwhile wait for it. */
  checking: Promise<Identity | null> | null;
}

/** Who calls, from the sign-in library's sessions and our own keys. */
export function makeIdentities(options: {
  sql: Kysely<DB>;
  library: SignInLibrary;
  countyCode: string;
  clock: Clock;
  sign: (account: Account, now: Date) => Promise<string>;
}): Identities {
  const { sql, library, countyCode, clock, sign } = options;
  const kept = new Map<string, Kept>();
  // Whatever is being looked up while something is dropped may be out of date and is not kept.
  let drops = 0;

  const keep = (presented: string, credential: Credential, standing: Standing, identity: Identity) => {
    if (kept.size >= KEPT_AT_MOST) kept.clear();
    const at = Date.now();
    const mark = JSON.stringify(standing);
    kept.set(presented, {
      credential,
      standing: mark,
      identity,
      until: at + KEPT_MS,
      checkedAt: at,
      checking: null,
    });
  };
  const identityBehind = async (
    { accountId: id, username, name, mustChangePassword, grants }: Standing,
    credential: Credential,
    session: Identity['session'],
  ): Promise<Identity> => {
    const account = { id, name, countyCode, grants };
    return { account, username, mustChangePassword, session, credential, token: await sign(account, new Date()) };
  };
  const find = async (presented: string, isKey: boolean, response: Response) => {
    const before = drops;
    const found = isKey ? await ofKey(presented) : await ofCookie(presented, response);
    const standing = found && (await standingOf(sql, found.credential, clock()));
    if (!standing) return null;
    const identity = await identityBehind(standing, found.credential, found.session);
    if (before === drops) keep(presented, found.credential, standing, identity);
    return identity;
  };
  const ofCookie = async (cookie: string, response: Response) => {
    const found = await library.find(cookie);
    if (!found) return null;
    for (const each of found.cookies) response.append('set-cookie', each);
    return { credential: { session: found.sessionId }, session: { id: found.sessionId, token: found.token } };
  };
  const ofKey = async (key: string) => {
    const used = await sql
      .updateTable('api_key')
      .set({ last_used_at: clock() })
      .where('key_sha256', '=', keyDigest(key))
      .returning('id')
      .executeTakeFirst();
    return used ? { credential: { key: used.id }, session: null } : null;
  };
  /** Whether what is kept still holds, asked of the database; what has changed meanwhile is found again. */
  const check = async (presented: string, known: Kept): Promise<Identity | null> => {
    const at = Date.now();
    const standing = await standingOf(sql, known.credential, clock());
    if (standing && JSON.stringify(standing) === known.standing) {
      known.checkedAt = at;
      return known.identity;
    }
    if (kept.get(presented) === known) kept.delete(presented);
    return standing && identityBehind(standing, known.credential, known.identity.session);
  };
  return {
    async identify(request, response) {
      const key = bearerKey(request);
      const presented = key ?? sessionCookie(request);
      if (!presented) return null;
      const known = kept.get(presented);
      if (!known || known.until <= Date.now()) return find(presented, key !== undefined, response);
      if (Date.now() - known.checkedAt < UNASKED_MS) return known.identity;
      known.checking ??= check(presented, known).finally(() => {
        known.checking = null;
      });
      return known.checking;
    },
    async ofSession(session) {
      const credential = { session: session.id };
      const standing = await standingOf(sql, credential, clock());
      return standing && identityBehind(standing, credential, session);
    },
    async isOver({ credential }) {
      return (await standingOf(sql, credential, clock())) === null;
    },
    drop(accountId) {
      drops += 1;
      for (const [presented, { identity }] of kept) if (identity.account.id === accountId) kept.delete(presented);
    },
  };
}

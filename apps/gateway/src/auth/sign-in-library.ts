import { AsyncLocalStorage } from 'node:async_hooks';
import { clientOfTransaction, type Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { betterAuth } from 'better-auth/minimal';
import { username } from 'better-auth/plugins/username';
import type { DB } from '../generated/tables.ts';
import { hashPassword, oneTimePassword, verifyPassword } from './password.ts';

/** A working day and the evening: who comes back within it stays signed in. */
const SESSION_SECONDS = 12 * 3600;
/** However much it is used, a session ends after a week. */
export const SESSION_DAYS = 7;
const ADDRESS_HEADER = 'x-bangfu-client-address';

/** A session as the sign-in library knows it, with the cookies it wants set. */
export interface FoundSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly token: string;
  readonly cookies: readonly string[];
}

/** A password found to be an account's: the hash it was compared with. */
export interface Proof {
  readonly hash: string;
  readonly password: string;
}

/** The sign-in library behind our own API: accounts, password checks and sessions; none of its routes are served. */
export interface SignInLibrary {
  /**
   * Whether a password is an account's; null where it is not. Without an account it takes as long and answers null.
   * Never inside a transaction. @throws Refusal 503 SIGN_IN_BUSY
   */
  prove(userId: string | null, password: string, priority: 'usual' | 'other'): Promise<Proof | null>;
  /** Opens a session for a proven password; null when the password has changed since. Joins the running transaction. */
  signIn(name: string, proof: Proof, from: { address: string; agent: string }): Promise<FoundSession | null>;
  /** The live session of a cookie header; null when there is none. */
  find(cookieHeader: string): Promise<FoundSession | null>;
  /** Ends the session of a cookie header; answers the cookies that clear it. */
  signOut(cookieHeader: string): Promise<readonly string[]>;
  /** Makes an account with a password's hash. @returns its id */
  createAccount(account: {
    username: string;
    name: string;
    passwordHash: string;
    mustChangePassword: boolean;
  }): Promise<string>;
  setPassword(userId: string, passwordHash: string): Promise<void>;
}

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;
/** The columns of our tables by the library's names for them. */
const FIELDS = {
  user: { ...TIMES, emailVerified: 'email_verified' },
  session: {
    ...TIMES,
    userId: 'account_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
  },
  account: {
    ...TIMES,
    userId: 'account_id',
    accountId: 'provider_account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
  verification: { ...TIMES, expiresAt: 'expires_at' },
} as const;

/** Opens the library on our tables. What it writes inside of a command's transaction joins that transaction. */
export async function openSignInLibrary(options: {
  pool: Pool;
  secret: string;
  countyCode: string;
  publicUrl: string;
  newId: () => string;
}): Promise<SignInLibrary> {
  // What the library compares inside the transaction was proven before it: hashing takes long and waits its turn.
  const proven = new AsyncLocalStorage<Proof>();
  const verifyProven = async (given: Proof) => {
    const proof = proven.getStore();
    return proof !== undefined && proof.hash === given.hash && proof.password === given.password;
  };
  const nobodysHash = await hashPassword(oneTimePassword());
  const countyCode = {
    type: 'string',
    input: false,
    fieldName: 'county_code',
    defaultValue: () => options.countyCode,
  } as const;
  const sql = typedSql<DB>({
    query: (text, values) => (clientOfTransaction() ?? options.pool).query(text, [...values]),
  });
  const auth = betterAuth({
    baseURL: options.publicUrl,
    secret: options.secret,
    database: kyselyAdapter(sql, { type: 'postgres' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: verifyProven },
    },
    user: {
      // The library has an `account` of its own, our `credential`: with its schema the name of the table is none of its words.
      modelName: 'public.account',
      fields: FIELDS.user,
      additionalFields: {
        countyCode,
        mustChangePassword: { type: 'boolean', input: false, fieldName: 'must_change_password', defaultValue: false },
      },
    },
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: 3600,
      fields: FIELDS.session,
      additionalFields: { countyCode },
    },
    account: { modelName: 'credential', fields: FIELDS.account, additionalFields: { countyCode } },
    verification: { fields: FIELDS.verification, additionalFields: { countyCode } },
    plugins: [
      username({ displayUsername: false, minUsernameLength: 1, maxUsernameLength: 60, usernameValidator: () => true }),
    ],
    advanced: {
      cookiePrefix: 'bangfu',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // The tables are those of our migrations, which the library need not look at.
      database: { generateId: options.newId, validateSchema: false },
    },
    // Attempts are limited by our own store; nothing of the library is reachable from outside.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  const context = await auth.$context;
  const found = (
    session: { id: string; userId: string; token: string },
    headers: Headers | null | undefined,
  ): FoundSession => ({
    sessionId: session.id,
    userId: session.userId,
    token: session.token,
    cookies: headers?.getSetCookie() ?? [],
  });
  return {
    async prove(userId, password, priority) {
      const credential = userId === null ? null : await context.internalAdapter.findCredentialAccount(userId);
      const hash = credential?.password;
      const isRight = await verifyPassword({ hash: hash ?? nobodysHash, password }, priority);
      return hash && isRight ? { hash, password } : null;
    },
    async signIn(name, proof, from) {
      const headers = new Headers({ [ADDRESS_HEADER]: from.address, 'user-agent': from.agent });
      const body = { username: name, password: proof.password };
      const answer = await proven
        .run(proof, () => auth.api.signInUsername({ body, headers, returnHeaders: true }))
        .catch((error: unknown) => {
          if (isRefusal(error)) return null;
          throw error;
        });
      if (!answer?.response) return null;
      const opened = await context.internalAdapter.findSession(answer.response.token);
      return opened ? found(opened.session, answer.headers) : null;
    },
    async find(cookieHeader) {
      const answer = await auth.api.getSession({ headers: new Headers({ cookie: cookieHeader }), returnHeaders: true });
      return answer.response ? found(answer.response.session, answer.headers) : null;
    },
    async signOut(cookieHeader) {
      const answer = await auth.api.signOut({ headers: new Headers({ cookie: cookieHeader }), returnHeaders: true });
      return answer.headers?.getSetCookie() ?? [];
    },
    async createAccount({ username: name, passwordHash, ...account }) {
      const email = `${options.newId()}@account.invalid`;
      const user = await context.internalAdapter.createUser(
        { ...account, username: name, email, emailVerified: false },
        { method: 'email-password' },
      );
      await context.internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: passwordHash,
      });
      return user.id;
    },
    async setPassword(userId, passwordHash) {
      await context.internalAdapter.updatePassword(userId, passwordHash);
    },
  };
}

/** The library's own refusals carry a status below 500. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

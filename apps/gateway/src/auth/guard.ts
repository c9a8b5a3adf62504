import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath } from '@bangfu/contracts/core/operation';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Clock } from '@bangfu/domain/shared/time';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Request, RequestHandler, Response } from 'express';
import { bearerKey, type csrfTokens, type Identities, type Identity } from './identity.ts';
import type { Limits } from './limits.ts';

/** The header that carries the value against forged requests. */
export const CSRF_HEADER = 'x-csrf-token';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
const identities = new WeakMap<Request, Identity>();

/** Who stands behind a request that has passed the guard. */
export function identityOf(request: Request): Identity | null {
  return identities.get(request) ?? null;
}

/** What anyone may call, but for the sign-in, which has limits of its own. */
const publicCalls = ALL_OPERATIONS.filter((op) => op.access === 'public' && op.id !== 'signIn').map((op) => ({
  op,
  path: new RegExp(`^${fullPath(op).replace(/\{\w+\}/g, '[^/]+')}$`, 'i'),
}));

/** Counts a call of somebody without an account. @throws Refusal 429 beyond a limit */
async function limitPublic(limits: Limits, method: string, path: string, address: string): Promise<void> {
  const called = publicCalls.find((each) => each.op.method === method && each.path.test(path))?.op;
  if (READING.has(method)) await limits.publicLook(address);
  else if (called) await limits.publicAct(address);
  if (called?.byTypedNumber) await limits.typedNumber(address);
}

/** Grants that allow looking only; an account with no other may change nothing anywhere (features, P4). */
function onlyLooks(grants: readonly Grant[], now: Date): boolean {
  return grants
    .filter((grant) => !grant.until || Date.parse(grant.until) > now.getTime())
    .every((grant) => grant.role === 'evaluator' || grant.role === 'auditor');
}

/** How often it is asked whether who is being answered is still signed in. */
const ASKED_EVERY_MS = 500;

/** Breaks off an answer that goes on, such as a live one, when what its reader came by has ended. */
function endWithCredential(known: Identities, identity: Identity, response: Response): void {
  const timer = setInterval(() => {
    known.isOver(identity).then(
      (isOver) => {
        if (isOver) response.destroy();
      },
      // The database is away: whoever reads reads on, and the next look decides.
      () => undefined,
    );
  }, ASKED_EVERY_MS);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}

/**
 * The first look at every call under /api: who it is, whether a change by cookie comes from our own page, whether a
 * handed-over password was replaced, and whether the account may change anything at all. No body is read before.
 */
export function guard(options: {
  identities: Identities;
  csrf: ReturnType<typeof csrfTokens>;
  limits: Limits;
  clock: Clock;
}): RequestHandler {
  return async (request, response, next) => {
    // The routers behind take a path in any case of letters: so must what guards them.
    const path = `${request.baseUrl}${request.path}`.replace(/(.)\/+$/, '$1').toLowerCase();
    const changes = !READING.has(request.method);
    const isSignIn = path === '/api/session' && request.method === 'POST';
    const identity = isSignIn ? null : await options.identities.identify(request, response);
    if (!identity) {
      if (bearerKey(request) && !isSignIn) throw new Refusal(401, 'NOT_SIGNED_IN');
      await limitPublic(options.limits, request.method, path, request.ip ?? '');
      next();
      return;
    }
    identities.set(request, identity);
    if (!changes) endWithCredential(options.identities, identity, response);
    const isOwnSignIn = path === '/api/session' || path.startsWith('/api/session/');
    if (changes && identity.session && !options.csrf.isRight(identity.session.id, request.get(CSRF_HEADER))) {
      throw new Refusal(403, 'CSRF');
    }
    if (identity.mustChangePassword && !isOwnSignIn) throw new Refusal(403, 'PASSWORD_MUST_CHANGE');
    if (changes && !isOwnSignIn && onlyLooks(identity.account.grants, options.clock()))
      throw new Refusal(403, 'NOT_GRANTED');
    next();
  };
}

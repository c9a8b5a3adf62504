import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath } from '@bangfu/contracts/core/operation';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Clock } from '@bangfu/domain/shared/time';
import { Refusal } from '@bangfu/service-kit/http/refusal';
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

const publicActs = ALL_OPERATIONS.filter(
  (op) => op.access === 'public' && op.method !== 'GET' && op.id !== 'signIn',
).map((op) => ({ method: op.method, path: new RegExp(`^${fullPath(op).replace(/\{\w+\}/g, '[^/]+')}$`, 'i') }));

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
      if (publicActs.some((act) => act.method === request.method && act.path.test(path))) {
        await options.limits.publicAct(request.ip ?? '');
      }
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

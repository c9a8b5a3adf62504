import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath } from '@bangfu/contracts/core/operation';
import type { Grant } from '@bangfu/domain/shared/roles';
import { Refusal } from '@bangfu/service-kit/http/refusal';
import type { Request, RequestHandler } from 'express';
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

/**
 * The first look at every call under /api: who it is, whether a change by cookie comes from our own page, whether a
 * handed-over password was replaced, and whether the account may change anything at all. No body is read before.
 */
export function guard(options: {
  identities: Identities;
  csrf: ReturnType<typeof csrfTokens>;
  limits: Limits;
}): RequestHandler {
  return async (request, _response, next) => {
    // The routers behind take a path in any case of letters: so must what guards them.
    const path = `${request.baseUrl}${request.path}`.replace(/(.)\/+$/, '$1').toLowerCase();
    const changes = !READING.has(request.method);
    const isSignIn = path === '/api/session' && request.method === 'POST';
    const identity = isSignIn ? null : await options.identities.identify(request, _response);
    if (!identity) {
      if (bearerKey(request) && !isSignIn) throw new Refusal(401, 'NOT_SIGNED_IN');
      if (publicActs.some((act) => act.method === request.method && act.path.test(path))) {
        await options.limits.publicAct(request.ip ?? '');
      }
      next();
      return;
    }
    identities.set(request, identity);
    const isOwnSignIn = path === '/api/session' || path.startsWith('/api/session/');
    if (changes && identity.session && !options.csrf.isRight(identity.session.id, request.get(CSRF_HEADER))) {
      throw new Refusal(403, 'CSRF');
    }
    if (identity.mustChangePassword && !isOwnSignIn) throw new Refusal(403, 'PASSWORD_MUST_CHANGE');
    if (changes && !isOwnSignIn && onlyLooks(identity.account.grants, new Date()))
      throw new Refusal(403, 'NOT_GRANTED');
    next();
  };
}

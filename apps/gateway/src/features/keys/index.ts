import * as operations from '@bangfu/contracts/gateway/keys';
import { Refusal } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import { identityOf } from '../../auth/guard.ts';
import type { Gateway } from '../../gateway.ts';
import { createKey } from './create-key/create-key.ts';
import { listKeys } from './list-keys/list-keys.query.ts';
import { withdrawKey } from './withdraw-key/withdraw-key.ts';

/** Keys of machine clients. */
export function keyRoutes(gateway: Gateway): Router {
  const router = Router();
  route(router, gateway, operations.listApiKeys, ({ caller }) => listKeys(gateway, caller.id));
  route(router, gateway, operations.createApiKey, ({ body, caller, now, idempotencyKey, request, response }) => {
    // A key that leaks must not be able to outlive its withdrawal by making another.
    const identity = identityOf(request);
    if (!identity?.session) throw new Refusal(403, 'KEY_CANNOT_MAKE_KEYS');
    // Whoever has seen the password that was handed over must not keep a way in beside it.
    if (identity.mustChangePassword) throw new Refusal(403, 'PASSWORD_MUST_CHANGE');
    response.set('cache-control', 'no-store');
    return createKey(gateway, body, { caller, now, idempotencyKey });
  });
  route(router, gateway, operations.withdrawApiKey, async ({ params, caller, now }) => {
    await withdrawKey(gateway, params.keyId, { caller, now });
    return null;
  });
  return router;
}

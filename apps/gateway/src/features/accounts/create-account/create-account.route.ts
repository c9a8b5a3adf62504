import { createAccount as operation } from '@bangfu/contracts/gateway/accounts';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import { checkPassword } from '../../../auth/password-rules.ts';
import type { Gateway } from '../../../gateway.ts';
import { createAccount } from './create-account.ts';

/** POST /api/accounts */
export function createAccountRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, operation, async ({ body, caller, now, idempotencyKey, response }) => {
    if (body.password) checkPassword(body.password, body.username);
    response.set('cache-control', 'no-store');
    return createAccount(gateway, body, { caller, now, idempotencyKey });
  });
}

import { changePassword as operation } from '@bangfu/contracts/gateway/session';
import { Refusal } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import { identityOf } from '../../../auth/guard.ts';
import type { Gateway } from '../../../gateway.ts';
import { changePassword } from './change-password.ts';

/** POST /api/session/password: replaces one's own password. */
export function changePasswordRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, operation, async ({ body, caller, now, idempotencyKey, request }) => {
    const identity = identityOf(request);
    if (!identity) throw new Refusal(401, 'NOT_SIGNED_IN');
    await changePassword(gateway, identity, body, { caller, now, idempotencyKey });
    return null;
  });
}

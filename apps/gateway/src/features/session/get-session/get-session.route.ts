import { getSession } from '@bangfu/contracts/gateway/session';
import { Refusal } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import { identityOf } from '../../../auth/guard.ts';
import type { Gateway } from '../../../gateway.ts';
import { sessionAnswer } from '../session.answer.ts';

/** GET /api/session: who is signed in. */
export function getSessionRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, getSession, async ({ request, response }) => {
    const identity = identityOf(request);
    if (!identity) throw new Refusal(401, 'NOT_SIGNED_IN');
    response.set('cache-control', 'no-store');
    return sessionAnswer(gateway, identity);
  });
}

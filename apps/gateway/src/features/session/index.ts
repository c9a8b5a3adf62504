import * as operations from '@bangfu/contracts/gateway/session';
import { Refusal } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import { identityOf } from '../../auth/guard.ts';
import type { Gateway } from '../../gateway.ts';
import { changePasswordRoute } from './change-password/change-password.route.ts';
import { endSession } from './end-session/end-session.ts';
import { getSessionRoute } from './get-session/get-session.route.ts';
import { listSessions } from './list-sessions/list-sessions.query.ts';
import { signInRoute } from './sign-in/sign-in.route.ts';
import { signOutRoute } from './sign-out/sign-out.route.ts';
import { signOutEverywhereRoute } from './sign-out-everywhere/sign-out-everywhere.route.ts';

/** What a person does to his own sign-in. */
export function sessionRoutes(gateway: Gateway): Router {
  const router = Router();
  signInRoute(router, gateway);
  getSessionRoute(router, gateway);
  signOutRoute(router, gateway);
  signOutEverywhereRoute(router, gateway);
  changePasswordRoute(router, gateway);
  route(router, gateway, operations.listSessions, ({ request }) => {
    const identity = identityOf(request);
    if (!identity) throw new Refusal(401, 'NOT_SIGNED_IN');
    return listSessions(gateway, identity);
  });
  route(router, gateway, operations.endSession, async ({ params, caller, now }) => {
    await endSession(gateway, params.sessionId, { caller, now });
    return null;
  });
  return router;
}

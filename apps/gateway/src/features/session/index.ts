import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { changePasswordRoute } from './change-password/change-password.route.ts';
import { getSessionRoute } from './get-session/get-session.route.ts';
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
  return router;
}

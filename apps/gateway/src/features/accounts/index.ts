import * as operations from '@bangfu/contracts/gateway/accounts';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { createAccountRoute } from './create-account/create-account.route.ts';
import { confirmGrant } from './confirm-grant/confirm-grant.ts';
import { giveGrant } from './give-grant/give-grant.ts';
import { listAccounts } from './list-accounts/list-accounts.query.ts';
import { listProposedGrants } from './list-proposed-grants/list-proposed-grants.query.ts';
import { withdrawGrant } from './withdraw-grant/withdraw-grant.ts';

/** Accounts and their grants. */
export function accountRoutes(gateway: Gateway): Router {
  const router = Router();
  createAccountRoute(router, gateway);
  route(router, gateway, operations.listAccounts, (call) => listAccounts(gateway, call.query, call));
  route(router, gateway, operations.listProposedGrants, (call) => listProposedGrants(gateway, call));
  route(router, gateway, operations.confirmGrant, async ({ params, caller, now, idempotencyKey }) => {
    await confirmGrant(gateway, params.accountId, params.grantId, { caller, now, idempotencyKey });
    return null;
  });
  route(router, gateway, operations.giveGrant, ({ params, body, caller, now, idempotencyKey }) =>
    giveGrant(gateway, params.accountId, body, { caller, now, idempotencyKey }),
  );
  route(router, gateway, operations.withdrawGrant, async ({ params, caller, now }) => {
    await withdrawGrant(gateway, params.accountId, params.grantId, { caller, now });
    return null;
  });
  return router;
}

import * as operations from '@bangfu/contracts/gateway/accounts';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { createAccountRoute } from './create-account/create-account.route.ts';
import { confirmGrant } from './confirm-grant/confirm-grant.ts';
import { giveGrant } from './give-grant/give-grant.ts';
import { listAccounts } from './list-accounts/list-accounts.query.ts';
import { listProposedGrants } from './list-proposed-grants/list-proposed-grants.query.ts';
import { disableAccount } from './disable-account/disable-account.ts';
import { enableAccount } from './enable-account/enable-account.ts';
import { endAccountSession } from './end-account-session/end-account-session.ts';
import { endAccountSignIns } from './end-account-sign-ins/end-account-sign-ins.ts';
import { confirmReset } from './confirm-reset/confirm-reset.ts';
import { listAccountSignIns } from './list-account-sign-ins/list-account-sign-ins.query.ts';
import { resetPassword } from './reset-password/reset-password.ts';
import { unlockAccount } from './unlock-account/unlock-account.ts';
import { withdrawAccountKey } from './withdraw-account-key/withdraw-account-key.ts';
import { withdrawGrant } from './withdraw-grant/withdraw-grant.ts';
import { withdrawReset } from './withdraw-reset/withdraw-reset.ts';

/** Accounts, their grants and their life. */
export function accountRoutes(gateway: Gateway): Router {
  const router = Router();
  grantRoutes(router, gateway);
  lifeRoutes(router, gateway);
  return router;
}

function grantRoutes(router: Router, gateway: Gateway): void {
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
}

/** How an account can be used, and what it is signed in by. */
function lifeRoutes(router: Router, gateway: Gateway): void {
  route(router, gateway, operations.disableAccount, ({ params, body, caller, now, idempotencyKey }) =>
    disableAccount(gateway, params.accountId, body.reason, { caller, now, idempotencyKey }),
  );
  route(router, gateway, operations.enableAccount, ({ params, body, caller, now, idempotencyKey }) =>
    enableAccount(gateway, params.accountId, body.reason, { caller, now, idempotencyKey }),
  );
  route(router, gateway, operations.resetPassword, ({ params, caller, now, idempotencyKey, response }) => {
    response.set('cache-control', 'no-store');
    return resetPassword(gateway, params.accountId, { caller, now, idempotencyKey });
  });
  route(router, gateway, operations.confirmReset, ({ params, caller, now, idempotencyKey, response }) => {
    response.set('cache-control', 'no-store');
    return confirmReset(gateway, params.accountId, { caller, now, idempotencyKey });
  });
  route(router, gateway, operations.withdrawReset, async ({ params, caller, now }) => {
    await withdrawReset(gateway, params.accountId, { caller, now });
    return null;
  });
  route(router, gateway, operations.unlockAccount, ({ params, caller, now, idempotencyKey }) =>
    unlockAccount(gateway, params.accountId, { caller, now, idempotencyKey }),
  );
  route(router, gateway, operations.listAccountSignIns, ({ params, caller, now }) =>
    listAccountSignIns(gateway, params.accountId, { caller, now }),
  );
  route(router, gateway, operations.endAccountSignIns, ({ params, caller, now, idempotencyKey }) =>
    endAccountSignIns(gateway, params.accountId, { caller, now, idempotencyKey }),
  );
  route(router, gateway, operations.endAccountSession, async ({ params, caller, now }) => {
    await endAccountSession(gateway, params.accountId, params.sessionId, { caller, now });
    return null;
  });
  route(router, gateway, operations.withdrawAccountKey, async ({ params, caller, now }) => {
    await withdrawAccountKey(gateway, params.accountId, params.keyId, { caller, now });
    return null;
  });
}

import { signOutEverywhere } from '@bangfu/contracts/gateway/session';
import { runCommand } from '@bangfu/platform/db/command';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import { sessionCookie } from '../../../auth/identity.ts';
import type { Gateway } from '../../../gateway.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { endSignIns } from '../../sign-ins.repository.ts';

/** POST /api/session/sign-out-everywhere: ends all sessions of the account, this one too, and its API keys unless kept. */
export function signOutEverywhereRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, signOutEverywhere, async ({ body, caller, now, idempotencyKey, request, response }) => {
    const actor = { caller, now, idempotencyKey };
    await runCommand(gateway.transaction, gateway.newId, signOutEverywhere, actor, body, async (tx, sql) => {
      await lockAccount(sql, caller.id);
      const change = await endSignIns(tx, caller.id, { by: caller, now, keepKeys: body.keepKeys ?? false });
      return {
        answer: null,
        audit: [{ action: signOutEverywhere.audit ?? '', recordType: 'account', recordId: caller.id, change }],
      };
    });
    gateway.identities.drop(caller.id);
    for (const cookie of await gateway.library.signOut(sessionCookie(request) ?? ''))
      response.append('set-cookie', cookie);
    return null;
  });
}

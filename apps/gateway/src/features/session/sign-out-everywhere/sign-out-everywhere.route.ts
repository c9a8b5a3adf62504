import { signOutEverywhere } from '@bangfu/contracts/gateway/session';
import { runCommand } from '@bangfu/service-kit/db/command';
import { route } from '@bangfu/service-kit/http/route';
import type { Router } from 'express';
import { sessionCookie } from '../../../auth/identity.ts';
import type { Gateway } from '../../../gateway.ts';

/** POST /api/session/sign-out-everywhere: ends all sessions of the account, this one too. */
export function signOutEverywhereRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, signOutEverywhere, async ({ caller, now, idempotencyKey, request, response }) => {
    const actor = { caller, now, idempotencyKey };
    await runCommand(gateway.transaction, gateway.newId, signOutEverywhere, actor, null, async (tx) => {
      const { count } = await tx.session.deleteMany({ where: { userId: caller.id } });
      const change = { sessions: count };
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

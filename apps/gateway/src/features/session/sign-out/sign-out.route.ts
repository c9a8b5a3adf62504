import { signOut } from '@bangfu/contracts/gateway/session';
import { runCommand } from '@bangfu/platform/db/command';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import { sessionCookie } from '../../../auth/identity.ts';
import type { Gateway } from '../../../gateway.ts';

/** DELETE /api/session: ends this session. */
export function signOutRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, signOut, async ({ caller, now, request, response }) => {
    const cookies = await runCommand(gateway.transaction, gateway.newId, signOut, { caller, now }, null, async () => ({
      answer: await gateway.library.signOut(sessionCookie(request) ?? ''),
      audit: [{ action: signOut.audit ?? '', recordType: 'account', recordId: caller.id, change: null }],
    }));
    gateway.identities.drop(caller.id);
    for (const cookie of cookies) response.append('set-cookie', cookie);
    return null;
  });
}

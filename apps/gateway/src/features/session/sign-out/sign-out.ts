import * as contract from '@bangfu/contracts/gateway/session';
import { sessionCookie } from '../../../auth/identity.ts';
import { procedure } from '../../../operations.ts';

/** Ends this session. */
export const signOut = procedure(contract.signOut, async (call) => {
  const { caller, request, response } = call;
  let cookies: readonly string[] = [];
  await call.act(async ({ kit, audit, afterCommit }) => {
    cookies = await kit.library.signOut(sessionCookie(request) ?? '');
    audit.entry('account', caller.id, null);
    afterCommit(() => kit.identities.drop(caller.id));
    return null;
  });
  for (const cookie of cookies) response.append('set-cookie', cookie);
  return null;
});

import * as contract from '@bangfu/contracts/gateway/session';
import { sessionCookie } from '../../../auth/identity.ts';
import { procedure } from '../../../operations.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { endSignIns } from '../../sign-ins.repository.ts';

/** Ends all sessions of the account, this one too, and its API keys unless they are to be kept. */
export const signOutEverywhere = procedure(contract.signOutEverywhere, async (call) => {
  const { body, caller, now, kit, request, response } = call;
  const { keepKeys = false } = body;
  await call.act(async ({ tx, audit }) => {
    await lockAccount(tx.sql, caller.id);
    audit.entry('account', caller.id, await endSignIns(tx.sql, caller.id, { by: caller, now, keepKeys }));
    return null;
  });
  kit.identities.drop(caller.id);
  for (const cookie of await kit.library.signOut(sessionCookie(request) ?? '')) response.append('set-cookie', cookie);
  return null;
});

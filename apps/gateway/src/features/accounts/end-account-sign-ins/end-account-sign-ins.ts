import { endAccountSignIns as operation } from '@bangfu/contracts/gateway/accounts';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { actOnAccount } from '../account-act.ts';

/** Ends all sessions and keys of another account; its owner signs in again. @throws of actOnAccount */
export async function endAccountSignIns(gateway: Gateway, accountId: string, actor: Actor) {
  const { caller: by, now } = actor;
  return actOnAccount(gateway, operation, accountId, actor, null, async ({ tx }) => {
    const ended = await endSignIns(tx, accountId, { by, now });
    return { answer: ended, change: { after: ended } };
  });
}

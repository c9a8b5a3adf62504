import { unlockAccount as operation } from '@bangfu/contracts/gateway/accounts';
import type { Actor } from '@bangfu/platform/db/command';
import type { Gateway } from '../../../gateway.ts';
import { actOnAccount, outcomeOf } from '../account-act.ts';

/** Forgets the failed sign-ins at an account's names: nobody has to wait any more. @throws of actOnAccount */
export async function unlockAccount(gateway: Gateway, accountId: string, actor: Actor) {
  return actOnAccount(gateway, operation, accountId, actor, null, async ({ user }) => {
    await gateway.limits.forget(user);
    return { answer: outcomeOf(user, actor.now), change: null };
  });
}

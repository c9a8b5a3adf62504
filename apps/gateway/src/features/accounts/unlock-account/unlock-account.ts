import * as contract from '@bangfu/contracts/gateway/accounts';
import { command } from '../../../operations.ts';
import { outcomeOf, takeAccount } from '../account-act.ts';

/** Forgets the failed sign-ins at an account's names: nobody has to wait any more. @throws of takeAccount */
export const unlockAccount = command(contract.unlockAccount, async (call) => {
  const { params, kit, now, audit } = call;
  const { account } = await takeAccount(call, params.accountId);
  await kit.limits.forget(account);
  audit.entry('account', account.id, null);
  return outcomeOf(account, now);
});

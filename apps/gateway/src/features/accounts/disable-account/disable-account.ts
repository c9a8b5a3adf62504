import * as contract from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { outcomeOf, takeAccount } from '../account-act.ts';
import { ACCOUNT } from '../account.repository.ts';
import { countAdministrators, holdsPlatform, lockAdministrators } from '../grant-rules.ts';

/**
 * Disables an account: nobody signs in by it, and whoever has is out at once. By one hand, because it must be possible
 * at once; grants stay as they are. @throws DomainError ACCOUNT_DISABLED, LAST_ADMINISTRATOR_STAYS, of takeAccount
 */
export const disableAccount = command(contract.disableAccount, async (call) => {
  const { params, body, tx, caller: by, now, audit } = call;
  const { accountId } = params;
  const { reason } = body;
  const { account, grants } = await takeAccount(call, accountId);
  demand(account.disabledAt === null, 'ACCOUNT_DISABLED');
  if (grants.some(holdsPlatform)) {
    await lockAdministrators(tx.sql);
    demand((await countAdministrators(tx.sql, { accountId })) > 0, 'LAST_ADMINISTRATOR_STAYS');
  }
  const after = await tx.sql
    .updateTable('account as a')
    .set({ disabled_at: now, disabled_by: by.id, disabled_by_name: by.name, disabled_reason: reason })
    .set({ reset_proposed_at: null, reset_proposed_by: null, reset_proposed_by_name: null })
    .where('a.id', '=', accountId)
    .returning(ACCOUNT)
    .executeTakeFirstOrThrow();
  const ended = await endSignIns(tx.sql, accountId, { by, now });
  audit.change('account', accountId, { disabled: false }, { disabled: true, reason, ...ended });
  return outcomeOf(after, now);
});

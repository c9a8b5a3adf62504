import * as contract from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { grantOf, grants } from '../account.repository.ts';
import { checkContained, countAdministrators, holdsPlatform, lockAdministrators } from '../grant-rules.ts';

/**
 * Withdraws a grant, in force or proposed, by one hand; it stays as history and ends with the account's next call.
 * @throws Refusal 404, 403 GRANT_BEYOND_OWN; DomainError LAST_ADMINISTRATOR
 */
export const withdrawGrant = command(contract.withdrawGrant, async (call) => {
  const { params, tx, caller, now, kit, audit, afterCommit } = call;
  const { accountId, grantId } = params;
  await lockAdministrators(tx.sql);
  const row = await grants(tx.sql)
    .where('g.id', '=', grantId)
    .where('g.account_id', '=', accountId)
    .where('g.withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound();
  const grant = grantOf(row);
  checkContained(caller.usable, grant, kit.countyCode);
  if (!row.isProposed && holdsPlatform(grant)) {
    demand((await countAdministrators(tx.sql, { grantId })) > 0, 'LAST_ADMINISTRATOR');
  }
  await tx.sql
    .updateTable('account_grant')
    .set({ withdrawn_at: now, withdrawn_by: caller.id, withdrawn_by_name: caller.name })
    .where('id', '=', grantId)
    .execute();
  audit.entry('account', accountId, { before: { grantId, ...grant, isProposed: row.isProposed }, after: null });
  afterCommit(() => kit.identities.drop(accountId));
  return null;
});

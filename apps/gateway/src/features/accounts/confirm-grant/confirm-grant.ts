import * as contract from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { demandSecond } from '@bangfu/domain/shared/grants';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { grantOf, grants } from '../account.repository.ts';
import { checkContained, lockAccount } from '../grant-rules.ts';
import { accountVisible } from '../visible.ts';

/**
 * Confirms a proposed grant as a second administrator; it counts from the account's next call.
 * @throws Refusal 404, 403 GRANT_BEYOND_OWN; DomainError GRANT_TO_ONESELF, GRANT_OWN_PROPOSAL, GRANT_CONFIRMED,
 *   GRANT_ALREADY_OVER
 */
export const confirmGrant = command(contract.confirmGrant, async (call) => {
  const { params, tx, caller, now, kit, audit, afterCommit } = call;
  const { accountId, grantId } = params;
  await lockAccount(tx.sql, accountId);
  const row = await grants(tx.sql)
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .where('g.id', '=', grantId)
    .where('g.account_id', '=', accountId)
    .where('g.withdrawn_at', 'is', null)
    .where((eb) => accountVisible(eb, caller, kit.countyCode))
    .executeTakeFirst();
  if (!row) throw notFound();
  demand(row.isProposed, 'GRANT_CONFIRMED');
  demand(row.until === null || row.until > now, 'GRANT_ALREADY_OVER');
  const grant = grantOf(row);
  checkContained(caller.usable, grant, kit.countyCode);
  demandSecond({ accountId, proposedBy: row.givenBy }, caller.id);
  await tx.sql
    .updateTable('account_grant')
    .set({ is_proposed: false, confirmed_at: now, confirmed_by: caller.id, confirmed_by_name: caller.name })
    .where('id', '=', grantId)
    .execute();
  audit.change('account', accountId, { grantId, isProposed: true }, { grantId, ...grant, isProposed: false });
  afterCommit(() => kit.identities.drop(accountId));
  return null;
});

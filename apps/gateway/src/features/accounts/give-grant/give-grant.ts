import * as contract from '@bangfu/contracts/gateway/accounts';
import { demandOther, needsSecond } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Given } from '@bangfu/platform/operation/operation';
import type { Gateway } from '../../../gateway.ts';
import { procedure, type Tables } from '../../../operations.ts';
import { insertGrant } from '../account.repository.ts';
import { checkGrants, checkNew, lockAccount } from '../grant-rules.ts';
import { accountVisible } from '../visible.ts';

/** Writes the grant that was given, or proposed. @throws DomainError GRANT_EXISTS, GRANT_WAITS */
export async function addGrant(
  { tx, kit, caller, now, newId, audit, afterCommit }: Given<Tables, Gateway>,
  { accountId, grant, isProposed }: { readonly accountId: string; readonly grant: Grant; readonly isProposed: boolean },
) {
  const { countyCode } = kit;
  await lockAccount(tx.sql, accountId);
  await checkNew(tx.sql, accountId, grant, now);
  const id = newId();
  await insertGrant(tx.sql, grant, { id, userId: accountId, countyCode, by: caller, now, isProposed });
  audit.change('account', accountId, null, { grantId: id, ...grant, isProposed });
  afterCommit(() => kit.identities.drop(accountId));
  return { id, proposed: isProposed ? 1 : 0 };
}

/**
 * Gives an account a grant within the giver's own scope; it counts from the account's next call. Of some roles it is
 * proposed and waits for a second administrator.
 * @throws Refusal 404 for an account not seen, 403 GRANT_BEYOND_OWN, 503; DomainError GRANT_TO_ONESELF, GRANT_EXISTS,
 *   GRANT_WAITS, and for a grant that makes no sense or is bound to what there is not
 */
export const giveGrant = procedure(contract.giveGrant, async (call) => {
  const { params, body: grant, read, caller, kit } = call;
  const { accountId } = params;
  const seen = await read
    .selectFrom('account as a')
    .where('a.id', '=', accountId)
    .where((eb) => accountVisible(eb, caller, kit.countyCode))
    .select('a.id')
    .executeTakeFirst();
  if (!seen) throw notFound();
  demandOther(accountId, caller.id);
  await checkGrants(kit, [grant], call);
  return call.act((given) => addGrant(given, { accountId, grant, isProposed: needsSecond(grant.role) }));
});

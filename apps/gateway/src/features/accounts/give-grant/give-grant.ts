import { giveGrant as operation } from '@bangfu/contracts/gateway/accounts';
import { demandOther, needsSecond } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { insertGrant } from '../account.repository.ts';
import { checkGrants, checkNew, lockAccount } from '../grant-rules.ts';
import { visibleAccounts } from '../visible.ts';

/**
 * Gives an account a grant within the giver's own scope; it counts from the account's next call. Of some roles it is
 * proposed and waits for a second administrator. `isSeed` is the installation itself, filling a demo.
 * @throws Refusal 404 for an account not seen, 403 GRANT_BEYOND_OWN, 503; DomainError GRANT_TO_ONESELF, GRANT_EXISTS,
 *   GRANT_WAITS, and for a grant that makes no sense or is bound to what there is not
 */
export async function giveGrant(
  gateway: Gateway,
  accountId: string,
  grant: Grant,
  actor: Actor,
  { isSeed = false } = {},
): Promise<{ id: string; proposed: number }> {
  const { countyCode } = gateway;
  const { caller, now } = actor;
  const isProposed = !isSeed && needsSecond(grant.role);
  const visible = { where: { AND: [{ id: accountId }, visibleAccounts(caller, countyCode)] } };
  if ((await gateway.prisma.user.count(visible)) === 0) throw notFound();
  demandOther(accountId, caller.id);
  if (!isSeed) await checkGrants(gateway, [grant], actor);
  const answer = await runCommand(
    gateway.transaction,
    gateway.newId,
    operation,
    actor,
    { accountId, grant },
    async (tx, sql) => {
      await lockAccount(sql, accountId);
      await checkNew(tx, accountId, grant, now);
      const id = gateway.newId(now);
      await insertGrant(tx, grant, { id, userId: accountId, countyCode, by: caller, now, isProposed });
      const change = { after: { grantId: id, ...grant, isProposed } };
      return {
        answer: { id, proposed: isProposed ? 1 : 0 },
        audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: accountId, change }],
      };
    },
  );
  gateway.identities.drop(accountId);
  return answer;
}

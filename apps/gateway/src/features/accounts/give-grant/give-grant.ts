import { giveGrant as operation } from '@bangfu/contracts/gateway/accounts';
import type { Grant } from '@bangfu/domain/shared/roles';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { insertGrant } from '../account.repository.ts';
import { checkContained, checkGrant } from '../containment.ts';
import { visibleAccounts } from '../visible.ts';

/**
 * Gives an account a grant within the giver's own scope; it counts from the account's next call.
 * @throws Refusal 404 for an account not seen, 403 GRANT_BEYOND_OWN; DomainError for a grant that makes no sense
 */
export async function giveGrant(
  gateway: Gateway,
  accountId: string,
  grant: Grant,
  actor: Actor,
): Promise<{ id: string }> {
  const { countyCode } = gateway;
  const answer = await runCommand(
    gateway.transaction,
    gateway.newId,
    operation,
    actor,
    { accountId, grant },
    async (tx) => {
      const seen = await tx.user.count({
        where: { AND: [{ id: accountId }, visibleAccounts(actor.caller, countyCode)] },
      });
      if (seen === 0) throw notFound();
      checkGrant(grant, actor.now);
      checkContained(actor.caller.usable, grant, countyCode);
      const id = gateway.newId(actor.now);
      await insertGrant(tx, grant, { id, userId: accountId, countyCode, by: actor.caller, now: actor.now });
      const change = { after: { grantId: id, ...grant } };
      return {
        answer: { id },
        audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: accountId, change }],
      };
    },
  );
  gateway.identities.drop(accountId);
  return answer;
}

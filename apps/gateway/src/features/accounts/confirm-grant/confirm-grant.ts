import { confirmGrant as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { demandSecond } from '@bangfu/domain/shared/grants';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { grantOf } from '../account.repository.ts';
import { checkContained, lockAccount } from '../grant-rules.ts';
import { visibleAccounts } from '../visible.ts';

/**
 * Confirms a proposed grant as a second administrator; it counts from the account's next call.
 * @throws Refusal 404, 403 GRANT_BEYOND_OWN; DomainError GRANT_TO_ONESELF, GRANT_OWN_PROPOSAL, GRANT_CONFIRMED,
 *   GRANT_ALREADY_OVER
 */
export async function confirmGrant(gateway: Gateway, accountId: string, grantId: string, actor: Actor): Promise<void> {
  const { caller, now } = actor;
  const input = { accountId, grantId };
  await runCommand(gateway.transaction, gateway.newId, operation, actor, input, async (tx, sql) => {
    await lockAccount(sql, accountId);
    const user = visibleAccounts(caller, gateway.countyCode);
    const row = await tx.grant.findFirst({ where: { id: grantId, userId: accountId, withdrawnAt: null, user } });
    if (!row) throw notFound();
    demand(row.isProposed, 'GRANT_CONFIRMED');
    demand(row.until === null || row.until > now, 'GRANT_ALREADY_OVER');
    const grant = grantOf(row);
    checkContained(caller.usable, grant, gateway.countyCode);
    demandSecond({ accountId, proposedBy: row.givenBy }, caller.id);
    await tx.grant.update({
      where: { id: grantId },
      data: { isProposed: false, confirmedAt: now, confirmedBy: caller.id, confirmedByName: caller.name },
    });
    const change = { before: { grantId, isProposed: true }, after: { grantId, ...grant, isProposed: false } };
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: accountId, change }],
    };
  });
  gateway.identities.drop(accountId);
}

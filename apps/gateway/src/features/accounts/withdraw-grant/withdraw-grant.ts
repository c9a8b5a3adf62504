import { withdrawGrant as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import { grantOf } from '../account.repository.ts';
import { checkContained, countAdministrators, holdsPlatform, lockAdministrators } from '../grant-rules.ts';

/**
 * Withdraws a grant, in force or proposed, by one hand; it stays as history and ends with the account's next call.
 * @throws Refusal 404, 403 GRANT_BEYOND_OWN; DomainError LAST_ADMINISTRATOR
 */
export async function withdrawGrant(gateway: Gateway, accountId: string, grantId: string, actor: Actor): Promise<void> {
  const { caller, now } = actor;
  await runCommand(gateway.transaction, gateway.newId, operation, actor, { accountId, grantId }, async (tx, sql) => {
    await lockAdministrators(sql);
    const row = await tx.grant.findFirst({ where: { id: grantId, userId: accountId, withdrawnAt: null } });
    if (!row) throw notFound();
    const grant = grantOf(row);
    checkContained(caller.usable, grant, gateway.countyCode);
    if (!row.isProposed && holdsPlatform(grant)) {
      demand((await countAdministrators(tx, { grantId })) > 0, 'LAST_ADMINISTRATOR');
    }
    await tx.grant.update({
      where: { id: grantId },
      data: { withdrawnAt: now, withdrawnBy: caller.id, withdrawnByName: caller.name },
    });
    const change = { before: { grantId, ...grant, isProposed: row.isProposed }, after: null };
    return {
      answer: null,
      audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: accountId, change }],
    };
  });
  gateway.identities.drop(accountId);
}

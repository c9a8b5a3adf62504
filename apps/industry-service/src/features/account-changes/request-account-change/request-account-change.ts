import { type AccountChange, requestAccountChange as operation } from '@bangfu/contracts/industry/account-changes';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { requireContractInForce } from '@bangfu/domain/industry/contract';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { listedAccount } from '../../contracts/stake-row.ts';
import { REQUESTED_ACCOUNT } from '../../../db/sealed.ts';
import { demandAccountFree, findAccountChanges, getAccountChange } from '../account-change.repository.ts';

interface Listed {
  readonly number: string;
  readonly bankName: string;
  readonly accountIndex: Buffer;
  readonly accountTail: string;
}

/**
 * Requests another account for a household of a contract in force; nothing is paid to it before another person agrees.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, ACCOUNT_UNCHANGED, ACCOUNT_CHANGE_OPEN, LIST_ACCOUNT_TWICE
 */
export function requestAccountChange(
  service: Industry,
  actor: Actor,
  { contractId, householdId }: { readonly contractId: string; readonly householdId: string },
  { bankName, account, reason }: BodyOf<typeof operation>,
): Promise<AccountChange> {
  const id = service.newId(actor.now);
  const { accountIndex, accountTail } = listedAccount(service.cipher, account);
  const accountSealed = service.cipher.seal(REQUESTED_ACCOUNT, id, account);
  // Idempotency and audit keep the act without the account itself.
  const known = { contractId, householdId, bankName, accountTail, reason };
  return runCommand(service.bulk, service.newId, operation, actor, known, async (_tx, sql) => {
    const contract = await holdContract(sql, actor.caller, contractId);
    requireContractInForce(contract);
    const [listed] = await sql.query<Listed>(
      `SELECT household_number AS number, bank_name AS "bankName", account_index AS "accountIndex",
         account_tail AS "accountTail"
       FROM contract_household WHERE contract_id = $1::uuid AND household_id = $2::uuid`,
      [contractId, householdId],
    );
    if (!listed) throw notFound();
    demand(!listed.accountIndex.equals(accountIndex) || listed.bankName !== bankName, 'ACCOUNT_UNCHANGED');
    const open = `a.contract_id = $1::uuid AND a.household_id = $2::uuid AND a.state = 'proposed'`;
    const waiting = await findAccountChanges(sql, open, [contractId, householdId]);
    demand(waiting.length === 0, 'ACCOUNT_CHANGE_OPEN', { household: listed.number });
    await demandAccountFree(sql, contractId, householdId, accountIndex);
    await sql.query(
      `INSERT INTO account_change (id, county_code, contract_id, household_id, old_bank_name, old_account_tail, bank_name,
         account_sealed, account_index, account_tail, reason, requested_by_id, requested_by, requested_at)
       VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6, $7, decode($8, 'hex'), decode($9, 'hex'), $10, $11, $12, $13,
         $14::text::timestamptz)`,
      [
        id,
        contract.countyCode,
        contractId,
        householdId,
        listed.bankName,
        listed.accountTail,
        bankName,
        accountSealed.toString('hex'),
        accountIndex.toString('hex'),
        accountTail,
        reason,
        actor.caller.id,
        actor.caller.name,
        actor.now.toISOString(),
      ],
    );
    return {
      answer: await getAccountChange(sql, id),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: {
            before: { householdId, bankName: listed.bankName, accountTail: listed.accountTail },
            after: { householdId, accountChange: id, bankName, accountTail, reason },
          },
        },
      ],
    };
  });
}

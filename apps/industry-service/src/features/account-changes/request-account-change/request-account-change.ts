import * as contract from '@bangfu/contracts/industry/account-changes';
import { requireContractInForce } from '@bangfu/domain/industry/contract';
import { demand } from '@bangfu/domain/shared/errors';
import { notFound } from '@bangfu/platform/http/refusal';
import { REQUESTED_ACCOUNT } from '../../../db/sealed.ts';
import { command } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { listedAccount } from '../../contracts/stake-row.ts';
import { accountChanges, demandAccountFree, getAccountChange } from '../account-change.repository.ts';

/**
 * Requests another account for a household of a contract in force; nothing is paid to it before another person agrees.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, ACCOUNT_UNCHANGED, ACCOUNT_CHANGE_OPEN, LIST_ACCOUNT_TWICE
 */
export const requestAccountChange = command(contract.requestAccountChange, async (call) => {
  const { tx, caller, kit, audit } = call;
  const { contractId, householdId } = call.params;
  const { account, reason } = call.body;
  const held = await holdContract(tx, caller, contractId);
  requireContractInForce(held);
  const listed = await tx.sql
    .selectFrom('contract_household as m')
    .where('m.contract_id', '=', contractId)
    .where('m.household_id', '=', householdId)
    .select(['m.household_number as number', 'm.bank_name as bankName'])
    .select(['m.account_index as accountIndex', 'm.account_tail as accountTail'])
    .executeTakeFirst();
  if (!listed) throw notFound();
  const { bankName, accountIndex, accountTail } = listedAccount(kit.cipher, call.body);
  demand(!listed.accountIndex.equals(accountIndex) || listed.bankName !== bankName, 'ACCOUNT_UNCHANGED');
  const waiting = await accountChanges(tx.sql)
    .where('a.contract_id', '=', contractId)
    .where('a.household_id', '=', householdId)
    .where('a.state', '=', 'proposed')
    .executeTakeFirst();
  demand(!waiting, 'ACCOUNT_CHANGE_OPEN', { household: listed.number });
  await demandAccountFree(tx.sql, contractId, householdId, accountIndex);
  const id = call.newId();
  await tx.sql
    .insertInto('account_change')
    .values({
      id,
      county_code: held.countyCode,
      contract_id: contractId,
      household_id: householdId,
      old_bank_name: listed.bankName,
      old_account_tail: listed.accountTail,
      bank_name: bankName,
      account_sealed: kit.cipher.seal(REQUESTED_ACCOUNT, id, account),
      account_index: accountIndex,
      account_tail: accountTail,
      reason,
      requested_by_id: caller.id,
      requested_by: caller.name,
      requested_at: call.now,
    })
    .execute();
  // The log keeps the act without the account itself.
  audit.change(
    'contract',
    contractId,
    { householdId, bankName: listed.bankName, accountTail: listed.accountTail },
    { householdId, accountChange: id, bankName, accountTail, reason },
  );
  return getAccountChange(tx.sql, id);
});

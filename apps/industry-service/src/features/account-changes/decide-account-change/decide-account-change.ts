import * as contract from '@bangfu/contracts/industry/account-changes';
import type { Transaction } from '@bangfu/data/typed-sql';
import { decideAccountChange as decide } from '@bangfu/domain/industry/account-change';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { LISTED_ACCOUNT, REQUESTED_ACCOUNT } from '../../../db/sealed.ts';
import { command, type Tables } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { takeListedAccounts } from '../../payments/line-accounts.ts';
import { demandAccountFree, getAccountChange } from '../account-change.repository.ts';

/**
 * Decides a change of account. Approved, the contract's list has the new account, and so has every line that waits to be
 * paid; a line that is with the bank takes it when the bank gives it back.
 * @throws Refusal 404; DomainError ACCOUNT_CHANGE_DECIDED, ACCOUNT_CHANGE_SAME_PERSON, LIST_ACCOUNT_TWICE
 */
export const decideAccountChange = command(
  contract.decideAccountChange,
  async ({ params: { changeId }, body: { approved }, tx, caller, now, kit, audit }) => {
    const { contractId } = await getAccountChange(tx.sql, changeId);
    await holdContract(tx, caller, contractId);
    const change = await getAccountChange(tx.sql, changeId);
    const { state, entityId, requestedById } = change;
    const after = decide({ state, entityId, requestedBy: requestedById }, partyOf(caller, { entityId }), approved);
    const lines = approved ? await putAccount(tx, kit.cipher, changeId) : 0;
    await tx.sql
      .updateTable('account_change')
      .set({ state: after.state, decided_by: caller.name, decided_at: now })
      .where('id', '=', changeId)
      .execute();
    const { householdId, bankName, accountTail, newBankName, newAccountTail } = change;
    audit.change(
      'contract',
      contractId,
      { accountChange: changeId, state, householdId, bankName, accountTail },
      {
        accountChange: changeId,
        state: after.state,
        ...(approved && { householdId, bankName: newBankName, accountTail: newAccountTail, lines }),
      },
    );
    return getAccountChange(tx.sql, changeId);
  },
);

/** Puts the new account on the list and on the household's lines that wait to be paid; says how many these are. */
async function putAccount(tx: Transaction<Tables>, cipher: Cipher, id: string): Promise<number> {
  const change = await tx.sql
    .selectFrom('account_change')
    .where('id', '=', id)
    .select(['contract_id', 'household_id', 'bank_name', 'account_index', 'account_sealed', 'account_tail'])
    .executeTakeFirstOrThrow();
  const { contract_id: contractId, household_id: householdId } = change;
  await demandAccountFree(tx.sql, contractId, householdId, change.account_index);
  const account = cipher.open(REQUESTED_ACCOUNT, id, change.account_sealed);
  await tx.sql
    .updateTable('contract_household')
    .set({
      bank_name: change.bank_name,
      account_sealed: cipher.seal(LISTED_ACCOUNT, recordOf(contractId, householdId), account),
      account_index: change.account_index,
      account_tail: change.account_tail,
    })
    .where('contract_id', '=', contractId)
    .where('household_id', '=', householdId)
    .execute();
  // Everything about a declaration's money queues at its row.
  await tx.sql
    .selectFrom('declaration')
    .where('contract_id', '=', contractId)
    .orderBy('id')
    .select('id')
    .forUpdate()
    .execute();
  const open = await tx.sql
    .selectFrom('dividend_line as l')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .where('d.contract_id', '=', contractId)
    .where('l.household_id', '=', householdId)
    .where('l.state', '=', 'open')
    .where('l.counts', 'is', true)
    .select(['l.id', 'l.declaration_id as declarationId'])
    .execute();
  await tx.sql
    .updateTable('declaration')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where(
      'id',
      'in',
      open.map(({ declarationId }) => declarationId),
    )
    .execute();
  await takeListedAccounts(
    tx,
    cipher,
    open.map((line) => line.id),
  );
  return open.length;
}

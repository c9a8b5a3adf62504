import * as contract from '@bangfu/contracts/industry/contracts';
import { DomainError } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { holdDraft, ownDays, putHouseholds, recountContract } from '../contract.repository.ts';
import { getListedHousehold } from '../listed-household.ts';
import { judgeHouseholds, listedAccount } from '../stake-row.ts';

/**
 * Enters one household with its stake and account on a draft's list, or replaces what the list says of it.
 * @throws Refusal 404; DomainError CONTRACT_SIGNED, HOUSEHOLD_DAYS_…, LIST_…
 */
export const putContractHousehold = command(
  contract.putContractHousehold,
  async ({ params: { contractId }, body, tx, caller, now, kit, audit }) => {
    const held = await holdDraft(tx, caller, contractId);
    const { householdNumber, stakeFen, bankName, account, from, to } = body;
    const payee = listedAccount(kit.cipher, { bankName, account });
    const listed = { householdNumber, stakeFen, ...ownDays({ from, to }, held), ...payee };
    const household = { place: { sheet: '', row: 1 }, name: null, listed };
    await judgeHouseholds(tx.sql, contractId, [household], (_place, _column, _value, code, params) => {
      throw new DomainError(code, params);
    });
    await putHouseholds(tx, kit.cipher, contractId, [listed], now);
    await recountContract(tx.sql, contractId, now);
    // The log keeps the act without the account itself.
    const known = { contractId, householdNumber, stakeFen, from, to, bankName, tail: account.slice(-4) };
    audit.change('contract', contractId, null, known);
    return getListedHousehold(tx.sql, contractId, householdNumber);
  },
);

import * as contract from '@bangfu/contracts/industry/nil-years';
import { withdrawNilYear as withdraw } from '@bangfu/domain/industry/nil-year';
import { command } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { getNilYear, keepDecision, nilOf } from '../nil-year.repository.ts';

/**
 * The entity takes such a declaration back before it is decided: the year is undeclared again.
 * @throws Refusal 404; DomainError NIL_DECIDED, DECLARATION_NOT_OWN
 */
export const withdrawNilYear = command(contract.withdrawNilYear, async (call) => {
  const { tx, caller, audit } = call;
  const { nilId } = call.params;
  const { contractId } = await getNilYear(tx.sql, nilId);
  await holdContract(tx, caller, contractId);
  const before = await getNilYear(tx.sql, nilId);
  const { state } = withdraw(nilOf(before), partyOf(caller, before));
  await keepDecision(tx, before, state, null, call);
  audit.change('contract', contractId, { nilYear: nilId, state: before.state }, { nilYear: nilId, state });
  return getNilYear(tx.sql, nilId);
});

import * as contract from '@bangfu/contracts/industry/nil-years';
import { decideNilYear as decide } from '@bangfu/domain/industry/nil-year';
import { command } from '../../../operations.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { getNilYear, keepDecision, nilOf } from '../nil-year.repository.ts';

/**
 * The township confirms that a year has nothing to distribute, or returns it: then the year is undeclared again.
 * @throws Refusal 404; DomainError NIL_DECIDED, NIL_SAME_PERSON, DECLARATION_REASON_MISSING
 */
export const decideNilYear = command(contract.decideNilYear, async (call) => {
  const { body: verdict, tx, caller, audit } = call;
  const { nilId } = call.params;
  const { contractId } = await getNilYear(tx.sql, nilId);
  await holdContract(tx, caller, contractId);
  const before = await getNilYear(tx.sql, nilId);
  const { state } = decide(nilOf(before), partyOf(caller, before), verdict);
  const reason = verdict.confirmed ? null : verdict.reason.trim();
  await keepDecision(tx, before, state, reason, call);
  audit.change('contract', contractId, { nilYear: nilId, state: before.state }, { nilYear: nilId, state, reason });
  return getNilYear(tx.sql, nilId);
});

import { industryPolicy } from '../../../db/policy.ts';
import * as contract from '@bangfu/contracts/industry/contracts';
import { demandSigningDay, requireSignable } from '@bangfu/domain/industry/contract';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { conflict } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { demandStakes, holdDraft } from '../contract.repository.ts';
import { toContract } from '../policy.ts';
import { getShownContract } from '../shown-contract.ts';

/**
 * Puts a draft in force when nothing in the policy stands against it. Whoever drafted it does not sign it off.
 * @throws Refusal 404, 409; DomainError CONTRACT_SIGNED, ENTITY_CLOSED, CONTRACT_SAME_PERSON, CONTRACT_SIGNED_LATER, DAY_…, SUM_TOO_LARGE and the first of
 * the contract's findings
 */
export const signContract = command(contract.signContract, async (call) => {
  const { body, tx, caller, now, audit } = call;
  const { contractId } = call.params;
  const held = await holdDraft(tx, caller, contractId);
  const before = await getShownContract(tx.sql, call, contractId);
  if (held.version !== body.version) throw conflict(before);
  const { state, draftedById: draftedBy, entityClosed } = held;
  const record = { state, draftedBy, entityClosed, contract: toContract(before) };
  const policy = await industryPolicy(tx.sql, caller, now);
  requireSignable(record, caller.id, policy);
  await demandStakes(tx.sql, contractId, now);
  const signedOn = body.signedOn as BusinessDay;
  demandSigningDay(signedOn, record.contract, businessDayOf(now), body.sureOfDays);
  await tx.sql
    .updateTable('contract')
    .set({
      state: 'in-force',
      signed_on: signedOn,
      signed_by_id: caller.id,
      signed_at: now,
      policy_id: policy.terms.id,
      version: held.version + 1,
    })
    .where('id', '=', contractId)
    .execute();
  const { households, stakeFen } = before;
  const after = { state: 'in-force', signedOn: body.signedOn, households, stakeFen };
  audit.change('contract', contractId, { state: before.state }, after);
  return getShownContract(tx.sql, call, contractId);
});

import * as contract from '@bangfu/contracts/pairing/pairings';
import { assignHelper as withHelper, demandNeeded, demandRegistered } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { pairedFact } from '../facts.ts';
import { getHelper, getHousehold, helperFacts, lockChain, standingOf, storeChains } from '../pairing.repository.ts';

/**
 * Gives a household its helper by hand.
 * @throws DomainError of the rules, PAIRING_NOT_NEEDED, CADRE_NOT_ACTIVE; Refusal 404
 */
export const assignHelper = command(contract.assignHelper, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { householdId } = call.params;
  const today = businessDayOf(now);
  const on = body.from as BusinessDay;
  const household = await getHousehold(tx.sql, householdId, caller, today);
  const policies = await policiesOf(tx.sql, caller.countyCode);
  const { content } = holdingOn(policies, today);
  demandChangeDay(on, { today, aheadDays: content.aheadDays, isSure: body.sureOfDays });
  demandNeeded(standingOf(household, content));
  demandRegistered(household.registeredOn, on);
  const { helper } = await getHelper(tx.sql, body.helperId, { caller, today });
  const before = await lockChain(tx.sql, householdId);
  const after = withHelper(before, helperFacts(helper, household, policies), { on, today });
  const helpers = new Map([[helper.id, helper]]);
  await storeChains(tx.sql, [{ before, after }], { helpers, caller, now, newId: kit.newId });
  const { name, unitName } = helper;
  audit.change('household', householdId, { helper: null }, { helper: name, unit: unitName, from: body.from });
  emit(pairedFact(household, helper, body.from, null));
  return { householdId, helperId: helper.id, since: body.from };
});

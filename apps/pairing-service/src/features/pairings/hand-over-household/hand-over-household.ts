import * as contract from '@bangfu/contracts/pairing/pairings';
import { handOver, helperOn } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { pairedFact } from '../facts.ts';
import { getHelper, getHousehold, helperFacts, lockChain, storeChains } from '../pairing.repository.ts';
import { demandSameHelper } from '../same-helper.ts';

/**
 * Hands a household over to another helper; the chain stays (A3).
 * @throws DomainError of the rule, CADRE_NOT_ACTIVE; Refusal 404, and 409 when the helper is another one by now
 */
export const handOverHousehold = command(contract.handOverHousehold, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { householdId } = call.params;
  const today = businessDayOf(now);
  const household = await getHousehold(tx.sql, householdId, caller, today);
  const { helper, previous } = await getHelper(tx.sql, body.helperId, { caller, today }, body.fromHelperId);
  const before = await lockChain(tx.sql, householdId);
  demandSameHelper(before, body.fromHelperId, today);
  const policies = await policiesOf(tx.sql, caller.countyCode);
  const on = body.on as BusinessDay;
  const { aheadDays } = holdingOn(policies, today).content;
  demandChangeDay(on, { today, aheadDays, isSure: body.sureOfDays });
  const after = handOver(before, helperFacts(helper, household, policies), { on, today, reason: body.reason });
  const helpers = new Map([[helper.id, helper]]);
  await storeChains(tx.sql, [{ before, after }], { helpers, caller, now, newId: kit.newId });
  const handed = { helper: helper.name, on: body.on, reason: body.reason };
  audit.change('household', householdId, { helper: previous?.name ?? null }, handed);
  emit(pairedFact(household, helper, body.on, previous));
  return { householdId, helperId: helperOn(after, on) ?? helper.id, since: body.on };
});

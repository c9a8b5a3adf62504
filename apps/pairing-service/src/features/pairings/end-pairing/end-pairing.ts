import * as contract from '@bangfu/contracts/pairing/pairings';
import { endPairing as ended } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { householdReleased } from '@bangfu/events/catalog/pairing';
import { command } from '../../../operations.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { getHousehold, lockChain, lockHelpers, standingOf, storeChains } from '../pairing.repository.ts';
import { demandSameHelper } from '../same-helper.ts';

/**
 * Ends a pairing without a successor; refused while the household is poor or in care (不脱贫不脱钩).
 * @throws DomainError of the rule; Refusal 404, 409
 */
export const endPairing = command(contract.endPairing, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { householdId } = call.params;
  const helperId = body.fromHelperId;
  const today = businessDayOf(now);
  const household = await getHousehold(tx.sql, householdId, caller, today);
  const helpers = await lockHelpers(tx.sql, [helperId]);
  const before = await lockChain(tx.sql, householdId);
  demandSameHelper(before, helperId, today);
  const { content } = await policyOn(tx.sql, caller.countyCode, today);
  const standing = standingOf(household, content);
  const on = body.on as BusinessDay;
  demandChangeDay(on, { today, aheadDays: content.aheadDays, isSure: body.sureOfDays });
  const after = ended(before, standing, { on, today, reason: body.reason });
  await storeChains(tx.sql, [{ before, after }], { helpers, caller, now, newId: kit.newId });
  const helperName = helpers.get(helperId)?.name ?? '';
  const end = { helper: null, on: body.on, reason: body.reason };
  audit.change('household', householdId, { helper: helperName }, end);
  emit(householdReleased.of(household.countyCode, { householdId, helperId, helperName, until: body.on }));
  return { householdId, until: body.on };
});

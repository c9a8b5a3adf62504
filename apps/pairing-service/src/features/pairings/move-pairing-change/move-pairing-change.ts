import * as contract from '@bangfu/contracts/pairing/pairings';
import { moveChange } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { factsByHelper, getHousehold, standingOf } from '../pairing.repository.ts';
import { lockComing, reversalLogged, reversedOf, storeReversals } from '../reversal.repository.ts';

/**
 * Moves a change of a pairing to another day before it takes effect, by another person than decided it; the day it had
 * is kept.
 * @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN, CHANGE_SAME_DAY, HANDOVER_REASON_MISSING and those of the change's
 * own rule; Refusal 404, 409
 */
export const movePairingChange = command(contract.movePairingChange, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { householdId } = call.params;
  const today = businessDayOf(now);
  const to = body.to as BusinessDay;
  const household = await getHousehold(tx.sql, householdId, caller, today);
  const { chain: before, helpers } = await lockComing(tx.sql, householdId, { day: body.day, today });
  const policies = await policiesOf(tx.sql, caller.countyCode);
  const { content } = holdingOn(policies, today);
  demandChangeDay(to, { today, aheadDays: content.aheadDays, isSure: body.sureOfDays });
  const after = moveChange(before, to, {
    today,
    accountId: caller.id,
    helpers: factsByHelper(helpers, household, policies),
    household: standingOf(household, content),
    registeredOn: household.registeredOn,
  });
  const reason = body.reason.trim();
  demand(reason !== '', 'HANDOVER_REASON_MISSING');
  const coming = reversedOf(before, today);
  if (!coming) throw new Error(`household ${householdId} has no change to come`);
  const reversed = { ...coming, movedTo: to };
  const context = { helpers, caller, now, newId: kit.newId, reason };
  const events = await storeReversals(tx.sql, [{ household, reversed, before, after }], context);
  audit.entry('household', householdId, reversalLogged(reversed, context));
  events.forEach(emit);
  return { householdId, day: to };
});

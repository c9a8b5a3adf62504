import type { BodyOf } from '@bangfu/contracts/core/operation';
import { movePairingChange as operation } from '@bangfu/contracts/pairing/pairings';
import { moveChange } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { factsByHelper, getHousehold, standingOf } from '../pairing.repository.ts';
import { lockComing, reversalEntry, reversedOf, storeReversals } from '../reversal.repository.ts';

/**
 * Moves a change of a pairing to another day before it takes effect, by another person than decided it; the day it had
 * is kept.
 * @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN, CHANGE_SAME_DAY, HANDOVER_REASON_MISSING and those of the change's
 * own rule; Refusal 404, 409
 */
export function movePairingChange(service: Pairing, actor: Actor, householdId: string, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  const input = { householdId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const today = businessDayOf(now);
    const to = body.to as BusinessDay;
    const household = await getHousehold(sql, householdId, caller, today);
    const { chain: before, helpers } = await lockComing(sql, householdId, { day: body.day, today });
    const policies = await policiesOf(sql, caller.countyCode);
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
    const context = { helpers, caller, now, newId: service.newId, reason };
    const events = await storeReversals(sql, [{ household, reversed, before, after }], context);
    return { answer: { householdId, day: to }, audit: [reversalEntry(reversed, context)], events };
  });
}

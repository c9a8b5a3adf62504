import type { BodyOf } from '@bangfu/contracts/core/operation';
import { assignHelper as operation } from '@bangfu/contracts/pairing/pairings';
import { assignHelper as withHelper, demandNeeded, demandRegistered } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { pairedFact } from '../facts.ts';
import { getHelper, getHousehold, helperFacts, lockChain, standingOf, storeChains } from '../pairing.repository.ts';

/**
 * Gives a household its helper by hand.
 * @throws DomainError of the rules, PAIRING_NOT_NEEDED, CADRE_NOT_ACTIVE; Refusal 404
 */
export function assignHelper(service: Pairing, actor: Actor, householdId: string, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  const input = { householdId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const today = businessDayOf(now);
    const on = body.from as BusinessDay;
    const household = await getHousehold(sql, householdId, caller, today);
    const policies = await policiesOf(sql, caller.countyCode);
    const { content } = holdingOn(policies, today);
    demandChangeDay(on, { today, aheadDays: content.aheadDays, isSure: body.sureOfDays });
    demandNeeded(standingOf(household, content));
    demandRegistered(household.registeredOn, on);
    const { helper } = await getHelper(sql, body.helperId, { caller, today });
    const before = await lockChain(sql, householdId);
    const after = withHelper(before, helperFacts(helper, household, policies), { on, today });
    const helpers = new Map([[helper.id, helper]]);
    await storeChains(sql, [{ before, after }], { helpers, caller, now, newId: service.newId });
    return {
      answer: { householdId, helperId: helper.id, since: body.from },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'household',
          recordId: householdId,
          change: { before: { helper: null }, after: { helper: helper.name, unit: helper.unitName, from: body.from } },
        },
      ],
      events: [pairedFact(household, helper, body.from, null)],
    };
  });
}

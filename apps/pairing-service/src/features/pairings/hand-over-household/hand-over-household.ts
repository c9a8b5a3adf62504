import type { BodyOf } from '@bangfu/contracts/core/operation';
import { handOverHousehold as operation } from '@bangfu/contracts/pairing/pairings';
import { handOver, helperOn } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { pairedFact } from '../facts.ts';
import { getHelper, getHousehold, helperFacts, lockChain, storeChains } from '../pairing.repository.ts';
import { demandSameHelper } from '../same-helper.ts';

/**
 * Hands a household over to another helper; the chain stays (A3).
 * @throws DomainError of the rule, CADRE_NOT_ACTIVE; Refusal 404, and 409 when the helper is another one by now
 */
export function handOverHousehold(service: Pairing, actor: Actor, householdId: string, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  const input = { householdId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const today = businessDayOf(now);
    const household = await getHousehold(sql, householdId, caller, today);
    const { helper, previous } = await getHelper(sql, body.helperId, { caller, today }, body.fromHelperId);
    const before = await lockChain(sql, householdId);
    demandSameHelper(before, body.fromHelperId, today);
    const policies = await policiesOf(sql, caller.countyCode);
    const on = body.on as BusinessDay;
    const { aheadDays } = holdingOn(policies, today).content;
    demandChangeDay(on, { today, aheadDays, isSure: body.sureOfDays });
    const after = handOver(before, helperFacts(helper, household, policies), { on, today, reason: body.reason });
    const helpers = new Map([[helper.id, helper]]);
    await storeChains(sql, [{ before, after }], { helpers, caller, now, newId: service.newId });
    return {
      answer: { householdId, helperId: helperOn(after, on) ?? helper.id, since: body.on },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'household',
          recordId: householdId,
          change: {
            before: { helper: previous?.name ?? null },
            after: { helper: helper.name, on: body.on, reason: body.reason },
          },
        },
      ],
      events: [pairedFact(household, helper, body.on, previous)],
    };
  });
}

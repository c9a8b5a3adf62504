import type { BodyOf } from '@bangfu/contracts/core/operation';
import { endPairing as operation } from '@bangfu/contracts/pairing/pairings';
import { endPairing as ended } from '@bangfu/domain/pairing/pairing';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { householdReleased } from '@bangfu/events/catalog/pairing';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { getHousehold, lockChain, lockHelpers, standingOf, storeChains } from '../pairing.repository.ts';
import { demandSameHelper } from '../same-helper.ts';

/**
 * Ends a pairing without a successor; refused while the household is poor or in care (不脱贫不脱钩).
 * @throws DomainError of the rule; Refusal 404, 409
 */
export function endPairing(service: Pairing, actor: Actor, householdId: string, body: BodyOf<typeof operation>) {
  const { caller, now } = actor;
  const input = { householdId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const today = businessDayOf(now);
    const household = await getHousehold(sql, householdId, caller, today);
    const helpers = await lockHelpers(sql, [body.fromHelperId]);
    const before = await lockChain(sql, householdId);
    demandSameHelper(before, body.fromHelperId, today);
    const { content } = await policyOn(sql, caller.countyCode, today);
    const standing = standingOf(household, content);
    const on = body.on as BusinessDay;
    demandChangeDay(on, { today, aheadDays: content.aheadDays, isSure: body.sureOfDays });
    const after = ended(before, standing, { on, today, reason: body.reason });
    await storeChains(sql, [{ before, after }], { helpers, caller, now, newId: service.newId });
    const helperName = helpers.get(body.fromHelperId)?.name ?? '';
    return {
      answer: { householdId, until: body.on },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'household',
          recordId: householdId,
          change: { before: { helper: helperName }, after: { helper: null, on: body.on, reason: body.reason } },
        },
      ],
      events: [
        householdReleased.of(household.countyCode, {
          householdId,
          helperId: body.fromHelperId,
          helperName,
          until: body.on,
        }),
      ],
    };
  });
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { withdrawPairingChange as operation } from '@bangfu/contracts/pairing/pairings';
import { withdrawChange } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { policiesOf } from '../../policy/policy.repository.ts';
import { factsByHelper, getHousehold } from '../pairing.repository.ts';
import { lockComing, reversalEntry, reversedOf, storeReversals } from '../reversal.repository.ts';

/**
 * Takes back a change of a pairing before its day, by another person than decided it; what was decided is kept.
 * @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN, HANDOVER_REASON_MISSING, HELPER_QUOTA_FULL; Refusal 404, 409
 */
export function withdrawPairingChange(
  service: Pairing,
  actor: Actor,
  householdId: string,
  body: BodyOf<typeof operation>,
) {
  const { caller, now } = actor;
  const input = { householdId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const today = businessDayOf(now);
    const household = await getHousehold(sql, householdId, caller, today);
    const { chain: before, helpers } = await lockComing(sql, householdId, { day: body.day, today });
    const facts = factsByHelper(helpers, household, await policiesOf(sql, caller.countyCode));
    const after = withdrawChange(before, { today, accountId: caller.id, helpers: facts });
    const reason = body.reason.trim();
    demand(reason !== '', 'HANDOVER_REASON_MISSING');
    const reversed = reversedOf(before, today);
    if (!reversed) throw new Error(`household ${householdId} has no change to come`);
    const context = { helpers, caller, now, newId: service.newId, reason };
    const events = await storeReversals(sql, [{ household, reversed, before, after }], context);
    return { answer: { householdId }, audit: [reversalEntry(reversed, context)], events };
  });
}

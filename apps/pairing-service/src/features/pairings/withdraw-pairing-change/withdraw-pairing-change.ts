import * as contract from '@bangfu/contracts/pairing/pairings';
import { withdrawChange } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { policiesOf } from '../../policy/policy.repository.ts';
import { factsByHelper, getHousehold } from '../pairing.repository.ts';
import { lockComing, reversalLogged, reversedOf, storeReversals } from '../reversal.repository.ts';

/**
 * Takes back a change of a pairing before its day, by another person than decided it; what was decided is kept.
 * @throws DomainError CHANGE_NONE_COMING, CHANGE_OWN, HANDOVER_REASON_MISSING, HELPER_QUOTA_FULL; Refusal 404, 409
 */
export const withdrawPairingChange = command(contract.withdrawPairingChange, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { householdId } = call.params;
  const today = businessDayOf(now);
  const household = await getHousehold(tx.sql, householdId, caller, today);
  const { chain: before, helpers } = await lockComing(tx.sql, householdId, { day: body.day, today });
  const facts = factsByHelper(helpers, household, await policiesOf(tx.sql, caller.countyCode));
  const after = withdrawChange(before, { today, accountId: caller.id, helpers: facts });
  const reason = body.reason.trim();
  demand(reason !== '', 'HANDOVER_REASON_MISSING');
  const reversed = reversedOf(before, today);
  if (!reversed) throw new Error(`household ${householdId} has no change to come`);
  const context = { helpers, caller, now, newId: kit.newId, reason };
  const events = await storeReversals(tx.sql, [{ household, reversed, before, after }], context);
  audit.entry('household', householdId, reversalLogged(reversed, context));
  events.forEach(emit);
  return { householdId };
});

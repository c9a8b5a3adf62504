import type { PairingPlan } from '@bangfu/contracts/pairing/plans';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { reversePlan } from '@bangfu/domain/pairing/plan-steps';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { findChains, holdRegister, lockChains, lockHelpers } from '../pairings/pairing.repository.ts';
import { storeReversals } from '../pairings/reversal.repository.ts';
import { holdingOn, policiesOf } from '../policy/policy.repository.ts';
import { type Deciding, lockShown, moveOn } from './decide.ts';
import { shownPlan } from './plan.repository.ts';
import { comingOf, helpersOfChains, reverseChains } from './plan-reversal.ts';

/** A reversal as it is asked for; without a day the plan is taken back. */
interface Reversing extends Deciding {
  readonly body: {
    readonly version: number;
    readonly reason: string;
    readonly to?: string;
    readonly sureOfDays?: boolean;
  };
}

/**
 * Takes back an applied plan before its day, or moves it to another one, in one transaction: what it decided of each
 * household is kept. A household whose change was already reversed by hand stays as it is.
 * @throws DomainError PLAN_NOT_APPLIED, PLAN_BEGUN, PLAN_APPLIER_REVERSES, HANDOVER_REASON_MISSING, those of the rules;
 * Refusal 404, 409
 */
export async function reverse(call: Reversing): Promise<PairingPlan> {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { planId } = call.params;
  const today = businessDayOf(now);
  const to = body.to as BusinessDay | undefined;
  const before = await lockShown(call);
  reversePlan(before, { accountId: caller.id, today });
  const reason = body.reason.trim();
  demand(reason !== '', 'HANDOVER_REASON_MISSING');
  demand(to !== before.appliedFrom, 'CHANGE_SAME_DAY', { day: to ?? '' });
  await holdRegister(tx.sql);
  const households = await comingOf(tx.sql, planId, today);
  const ids = households.map(({ id }) => id);
  const helpers = await lockHelpers(tx.sql, helpersOfChains(await findChains(tx.sql, ids), today));
  const chains = await lockChains(tx.sql, ids);
  const policies = await policiesOf(tx.sql, caller.countyCode);
  if (to !== undefined) {
    const { aheadDays } = holdingOn(policies, today).content;
    demandChangeDay(to, { today, aheadDays, isSure: body.sureOfDays ?? false });
  }
  const given = { today, accountId: caller.id, ...(to === undefined ? {} : { to }) };
  const changes = reverseChains({ households, chains, helpers, policies }, given);
  const events = await storeReversals(tx.sql, changes, { helpers, caller, now, newId: kit.newId, planId, reason });
  const after = await moveOn(
    call,
    before,
    to === undefined
      ? { state: 'withdrawn', withdrawn_at: now, withdrawer_name: caller.name, withdraw_reason: reason }
      : { applied_from: to, applier_id: caller.id, applier_name: caller.name },
  );
  const shown = ({ state, appliedFrom }: typeof after) => ({ state, from: appliedFrom });
  audit.change('plan', planId, shown(before), { ...shown(after), households: changes.length, reason });
  events.forEach(emit);
  return shownPlan(after, caller);
}

import * as contract from '@bangfu/contracts/pairing/plans';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { applyPlan as mayApply } from '@bangfu/domain/pairing/plan-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { pairedFact } from '../../pairings/facts.ts';
import { holdRegister, lockChains, lockHelpers, storeChains } from '../../pairings/pairing.repository.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { lockShown, moveOn } from '../decide.ts';
import { shownPlan } from '../plan.repository.ts';
import { chainChanges, changesOf, helpersOf } from './plan-changes.ts';

/**
 * Puts an approved plan into force: every first pairing and handover of it in one transaction, through the same rules
 * as by hand. Refused whole when the register or a pairing changed since it was computed.
 * @throws DomainError PLAN_NOT_APPROVED, PLAN_APPROVER_APPLIES, PLAN_STALE, CADRE_NOT_ACTIVE, those of the rules;
 * Refusal 404, 409
 */
export const applyPlan = command(contract.applyPlan, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const { planId } = call.params;
  const before = await lockShown(call);
  mayApply(before, caller.id);
  await holdRegister(tx.sql);
  const today = businessDayOf(now);
  const on = body.from as BusinessDay;
  const changes = await changesOf(tx.sql, planId, today);
  const helpers = await lockHelpers(tx.sql, helpersOf(changes));
  const policies = await policiesOf(tx.sql, caller.countyCode);
  const { aheadDays } = holdingOn(policies, today).content;
  demandChangeDay(on, { today, aheadDays, isSure: body.sureOfDays });
  const chains = await lockChains(
    tx.sql,
    changes.map(({ id }) => id),
  );
  const changed = chainChanges(changes, { helpers, chains, policies }, { on, today });
  await storeChains(tx.sql, changed, { helpers, caller, now, newId: kit.newId, planId });
  const after = await moveOn(call, before, {
    state: 'applied',
    applied_at: now,
    applied_from: on,
    applier_id: caller.id,
    applier_name: caller.name,
  });
  const applied = { state: 'applied', households: changes.length, from: body.from };
  audit.change('plan', planId, { state: before.state }, applied);
  for (const change of changes) {
    const helper = helpers.get(change.proposed);
    const previous = (change.today !== null && helpers.get(change.today)) || null;
    if (helper) emit(pairedFact(change, helper, body.from, previous));
  }
  return shownPlan(after, caller);
});

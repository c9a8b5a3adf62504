import type { Operation } from '@bangfu/contracts/core/operation';
import type { PairingPlan } from '@bangfu/contracts/pairing/plans';
import { conflict } from '@bangfu/platform/http/refusal';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Updateable } from 'kysely';
import type { Tables } from '../../operations.ts';
import { getPlanRecord, lockPlan, type PlanRecord, shownPlan } from './plan.repository.ts';

/** What a step is decided with, and what about. */
export interface Deciding
  extends Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'kit' | 'audit' | 'emit'> {
  readonly params: { readonly planId: string };
  readonly body: { readonly version: number };
}

/** A plan as the page showed it, locked. @throws Refusal 404, 409 */
export async function lockShown({ tx, caller, params, body }: Deciding): Promise<PlanRecord> {
  const plan = await lockPlan(tx, params.planId, caller);
  if (plan.version !== body.version) throw conflict(shownPlan(plan, caller));
  return plan;
}

/** Writes what a step makes of a locked plan, and reads it again. */
export async function moveOn(
  { tx, caller }: Deciding,
  { id, version }: PlanRecord,
  data: Updateable<Tables['pairing_plan']>,
): Promise<PlanRecord> {
  await tx.sql
    .updateTable('pairing_plan')
    .set({ ...data, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return getPlanRecord(tx.sql, id, caller);
}

/** Moves a plan to another state by a rule that may refuse. @throws Refusal 404, 409 and what the rule throws */
export async function decide(
  call: Deciding,
  rule: (plan: PlanRecord) => Updateable<Tables['pairing_plan']>,
): Promise<PairingPlan> {
  const before = await lockShown(call);
  const after = await moveOn(call, before, rule(before));
  call.audit.change('plan', before.id, { state: before.state }, { state: after.state });
  return shownPlan(after, call.caller);
}

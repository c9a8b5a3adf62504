import * as contract from '@bangfu/contracts/pairing/plans';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { applyPlan, type PlanStep, planRefusal, reversePlan } from '@bangfu/domain/pairing/plan-steps';
import { DomainError, type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { callingAs, grantRefusal, type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { findChains, findHelpers } from '../../pairings/pairing.repository.ts';
import { policiesOf } from '../../policy/policy.repository.ts';
import { chainChanges, changesOf, earliestFor, helpersOf } from '../apply-plan/plan-changes.ts';
import { earliestMove, findGround, reverseChains } from '../plan-reversal.ts';
import { findPlan, getPlanRecord, type PlanRecord, shownPlan } from '../plan.repository.ts';

const COMMANDS: Record<PlanStep, StepCommand> = {
  approve: contract.approvePlan,
  apply: contract.applyPlan,
  withdraw: contract.withdrawPlan,
  move: contract.movePlan,
  discard: contract.discardPlan,
};

/** One plan with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export const getPlan = query(contract.getPlan, async (call) => {
  const { read, caller, now } = call;
  const { planId } = call.params;
  const plan = await getPlanRecord(read, planId, caller);
  const actor = { accountId: caller.id, today: businessDayOf(now) };
  const applied = await changesToday(read, call, plan);
  const reversed = await reversalToday(read, call, plan);
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, async (as) =>
    (await findPlan(read, planId, as)) ? new Set([planId]) : new Set(),
  );
  const against: Partial<Record<PlanStep, Refusal | null>> = {
    apply: applied.against,
    withdraw: reversed.withdraw,
    move: reversed.move,
  };
  const steps = offered(planId, (step) => planRefusal(step, plan, actor, against[step] ?? null));
  return { ...shownPlan(plan, caller), earliest: reversed.earliest ?? applied.earliest, steps };
});

/** What is against the reversal of a plan, taken back or moved to the first day it can be; judged while it is to come. */
async function reversalToday(
  read: ReadSql<Tables>,
  reader: Reader,
  plan: PlanRecord,
): Promise<{ earliest: BusinessDay | null; withdraw: Refusal | null; move: Refusal | null }> {
  const { caller, now } = reader;
  const today = businessDayOf(now);
  const given = { today, accountId: caller.id };
  const closed = grantRefusal(callingAs(reader, contract.movePlan)) ?? refusalOf(() => reversePlan(plan, given));
  if (closed) return { earliest: null, withdraw: closed, move: closed };
  const ground = await findGround(read, plan, await policiesOf(read, caller.countyCode), today);
  const earliest = earliestMove(ground, today);
  return {
    earliest,
    withdraw: refusalOf(() => reverseChains(ground, given)),
    move: refusalOf(() => reverseChains(ground, { ...given, to: earliest })),
  };
}

/** What is against a plan's changes on the first day they can hold; judged only for who might put it into force. */
async function changesToday(
  read: ReadSql<Tables>,
  reader: Reader,
  plan: PlanRecord,
): Promise<{ earliest: BusinessDay | null; against: Refusal | null }> {
  const { caller, now } = reader;
  const closed = grantRefusal(callingAs(reader, contract.applyPlan)) ?? refusalOf(() => applyPlan(plan, caller.id));
  if (closed) return { earliest: null, against: closed };
  const today = businessDayOf(now);
  try {
    const changes = await changesOf(read, plan.id, today);
    const ids = changes.map(({ id }) => id);
    const helpers = await findHelpers(read, helpersOf(changes));
    const chains = await findChains(read, ids);
    const policies = await policiesOf(read, caller.countyCode);
    const earliest = earliestFor(changes, chains, today);
    return {
      earliest,
      against: refusalOf(() => chainChanges(changes, { helpers, chains, policies }, { on: earliest, today })),
    };
  } catch (error) {
    if (error instanceof DomainError) return { earliest: today, against: { code: error.code, params: error.params } };
    throw error;
  }
}

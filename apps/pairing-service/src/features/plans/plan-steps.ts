import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/plans';
import { applyPlan, type PlanStep, planRefusal, reversePlan } from '@bangfu/domain/pairing/plan-steps';
import { DomainError, type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { callingAs, grantRefusal, type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import type { Pairing } from '../../db/client.ts';
import { STEP_WORDS } from '../../steps.ts';
import { findChains, findHelpers } from '../pairings/pairing.repository.ts';
import { policiesOf } from '../policy/policy.repository.ts';
import { chainChanges, changesOf, earliestFor, helpersOf } from './apply-plan/plan-changes.ts';
import { earliestMove, findGround, reverseChains } from './plan-reversal.ts';
import { findPlan, getPlan, type PlanRecord, shownPlan } from './plan.repository.ts';

type Answer = AnswerInputOf<typeof contract.getPlan>;

const COMMANDS: Record<PlanStep, StepCommand> = {
  approve: contract.approvePlan,
  apply: contract.applyPlan,
  withdraw: contract.withdrawPlan,
  move: contract.movePlan,
  discard: contract.discardPlan,
};

/** One plan with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export async function getOpenPlan(service: Pairing, reader: Reader, planId: string): Promise<Answer> {
  const { caller, now } = reader;
  const sql = pgSql(readsOf(service, caller));
  const plan = await getPlan(sql, planId, caller);
  const actor = { accountId: caller.id, today: businessDayOf(now) };
  const applied = await changesToday(sql, reader, plan);
  const reversed = await reversalToday(sql, reader, plan);
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, async (as) =>
    (await findPlan(sql, planId, as)) ? new Set([planId]) : new Set(),
  );
  const against: Partial<Record<PlanStep, Refusal | null>> = {
    apply: applied.against,
    withdraw: reversed.withdraw,
    move: reversed.move,
  };
  const steps = offered(planId, (step) => planRefusal(step, plan, actor, against[step] ?? null));
  return { ...shownPlan(plan, caller), earliest: reversed.earliest ?? applied.earliest, steps };
}

/** What is against the reversal of a plan, taken back or moved to the first day it can be; judged while it is to come. */
async function reversalToday(
  sql: Sql,
  reader: Reader,
  plan: PlanRecord,
): Promise<{ earliest: BusinessDay | null; withdraw: Refusal | null; move: Refusal | null }> {
  const { caller, now } = reader;
  const today = businessDayOf(now);
  const given = { today, accountId: caller.id };
  const closed = grantRefusal(callingAs(reader, contract.movePlan)) ?? refusalOf(() => reversePlan(plan, given));
  if (closed) return { earliest: null, withdraw: closed, move: closed };
  const ground = await findGround(sql, plan, await policiesOf(sql, caller.countyCode), today);
  const earliest = earliestMove(ground, today);
  return {
    earliest,
    withdraw: refusalOf(() => reverseChains(ground, given)),
    move: refusalOf(() => reverseChains(ground, { ...given, to: earliest })),
  };
}

/** What is against a plan's changes on the first day they can hold; judged only for who might put it into force. */
async function changesToday(
  sql: Sql,
  reader: Reader,
  plan: PlanRecord,
): Promise<{ earliest: BusinessDay | null; against: Refusal | null }> {
  const { caller, now } = reader;
  const closed = grantRefusal(callingAs(reader, contract.applyPlan)) ?? refusalOf(() => applyPlan(plan, caller.id));
  if (closed) return { earliest: null, against: closed };
  const today = businessDayOf(now);
  try {
    const changes = await changesOf(sql, plan.id, today);
    const ids = changes.map(({ id }) => id);
    const helpers = await findHelpers(sql, helpersOf(changes));
    const chains = await findChains(sql, ids);
    const policies = await policiesOf(sql, caller.countyCode);
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

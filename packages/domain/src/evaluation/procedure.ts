import { demand } from '../shared/errors.ts';
import { businessDayOf } from '../shared/time.ts';
import type { EvaluationState } from './plan.ts';

/**
 * Where the seed of a draw comes from, fixed before the frame is frozen (domain §10): the number of a public event on a
 * named day, or the evaluator's own, of which only the SHA-256 is known until he reveals it.
 */
export type SeedPlan =
  | { readonly kind: 'public-event'; readonly event: string; readonly day: string }
  | { readonly kind: 'evaluator'; readonly commitment: string };

/** The steps that three accounts must take: freezing the frame, giving the seed, importing returns. */
export const SEPARATE_STEPS = ['freeze', 'seed', 'receive'] as const;
export type SeparateStep = (typeof SEPARATE_STEPS)[number];

/** The refusal of whoever takes the second step after he took the first. */
const SAME_ACCOUNT: Readonly<Record<string, string>> = {
  'freeze seed': 'SEED_BY_FREEZER',
  'freeze receive': 'RETURNS_BY_FREEZER',
  'seed receive': 'RETURNS_BY_SEEDER',
};

/**
 * Requires that whoever takes a step took none of the earlier ones: freeze, seed and import are three accounts' (roles,
 * separation of duties). Steps not taken yet are null.
 * @throws DomainError SEED_BY_FREEZER, RETURNS_BY_FREEZER, RETURNS_BY_SEEDER
 */
export function requireOtherAccount(
  taken: Readonly<Partial<Record<SeparateStep, string | null | undefined>>>,
  step: SeparateStep,
  accountId: string,
): void {
  for (const earlier of SEPARATE_STEPS) {
    const code = SAME_ACCOUNT[`${earlier} ${step}`];
    if (code) demand(taken[earlier] !== accountId, code);
  }
}

/**
 * Requires that it is fixed where the seed will come from, so that nobody can choose it knowing the frame: an event
 * later than the frame's day and not after the field period begins, or a commitment together with its maker's key.
 * @throws DomainError SEED_PLAN_MISSING, SEED_DAY_INVALID, EVALUATOR_KEY_MISSING
 */
export function requireSeedPlan(
  plan: SeedPlan | null,
  dates: { readonly frameDate: string; readonly fieldFrom: string },
  hasKey: boolean,
): void {
  demand(plan, 'SEED_PLAN_MISSING');
  if (plan.kind === 'evaluator') demand(hasKey, 'EVALUATOR_KEY_MISSING');
  else requireSeedDay(plan, dates);
}

/** Requires that the event of a plan lies between frame and field work. @throws DomainError SEED_DAY_INVALID */
export function requireSeedDay(
  plan: SeedPlan | null,
  { frameDate, fieldFrom }: { readonly frameDate: string; readonly fieldFrom: string },
): void {
  if (plan?.kind !== 'public-event') return;
  demand(frameDate < plan.day && plan.day <= fieldFrom, 'SEED_DAY_INVALID', { frame: frameDate, field: fieldFrom });
}

/**
 * The source a public seed is published with: the event of the plan, when its day has come. A frame of the release
 * before has no plan, and its source is given with the seed.
 * @throws DomainError SEED_IS_EVALUATORS, SEED_EVENT_NOT_YET, SEED_SOURCE_FIXED, SEED_SOURCE_MISSING
 */
export function seedSource(plan: SeedPlan | null, given: string | undefined, now: Date): string {
  if (plan === null) {
    demand(given !== undefined, 'SEED_SOURCE_MISSING');
    return given;
  }
  demand(plan.kind === 'public-event', 'SEED_IS_EVALUATORS');
  demand(plan.day <= businessDayOf(now), 'SEED_EVENT_NOT_YET', { event: plan.event, day: plan.day });
  const source = `${plan.event} ${plan.day}`;
  demand(given === undefined || given === plan.event || given === source, 'SEED_SOURCE_FIXED', { source });
  return source;
}

/**
 * Requires that a revealed seed is the one that was committed to.
 * @throws DomainError SEED_NOT_EVALUATORS, SEED_NOT_AS_COMMITTED
 */
export function requireCommitted(plan: SeedPlan | null, hash: string): void {
  demand(plan?.kind === 'evaluator', 'SEED_NOT_EVALUATORS');
  demand(plan.commitment === hash, 'SEED_NOT_AS_COMMITTED');
}

/**
 * Requires that the evaluator's key can still be registered: before the draw, and another one in its place only while
 * the plan can change.
 * @throws DomainError EVALUATOR_KEY_TOO_LATE, EVALUATOR_KEY_FIXED
 */
export function requireKeyOpen(state: EvaluationState, hasKey: boolean): void {
  demand(state !== 'drawn' && state !== 'computed', 'EVALUATOR_KEY_TOO_LATE');
  demand(!hasKey || state === 'draft', 'EVALUATOR_KEY_FIXED');
}

/**
 * Whether the names of a sample are open to others than its evaluator: every return is in, or the field period is over,
 * after which no visit counts.
 */
export function isSampleOpen(
  { outstanding, fieldTo }: { readonly outstanding: number; readonly fieldTo: string },
  now: Date,
): boolean {
  return outstanding === 0 || businessDayOf(now) > fieldTo;
}

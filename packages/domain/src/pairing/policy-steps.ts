import { demandDay, demandUsualDay } from '../shared/day-bounds.ts';
import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';
import type { RankRule } from './policy.ts';

/** What can be done with a version of the pairing policy, in the order of its way. */
export const POLICY_STEPS = ['change', 'enforce', 'withdraw', 'discard'] as const;
export type PolicyStep = (typeof POLICY_STEPS)[number];

/** Where a version is: a draft, in force from its day on, replaced by another of the same day, or taken back. */
export const POLICY_STATES = ['draft', 'in-force', 'superseded', 'withdrawn', 'discarded'] as const;

/** How far a version has come, and through whose hands. */
export interface PolicyStanding {
  readonly state: (typeof POLICY_STATES)[number];
  readonly validFrom: string;
  /** Everybody who wrote at it. */
  readonly writerIds: readonly string[];
  /** Who put it in force; null where that was not kept. */
  readonly enforcerId: string | null;
}

/** Who acts on a version, and on which day. */
export interface PolicyActor {
  readonly accountId: string;
  readonly today: BusinessDay;
}

/** Poverty files were begun in this year; no pairing policy is older. */
const EARLIEST_POLICY = '2014-01-01' as BusinessDay;
/** A policy is set at most this many days ahead; one further back than this is commonly a slip in its year. */
const POLICY_DAYS = 366;

/** @throws DomainError DAY_TOO_EARLY, DAY_TOO_LATE, DAY_UNUSUAL */
export function demandPolicyDay(validFrom: BusinessDay, today: BusinessDay, isSure: boolean): void {
  demandDay(validFrom, { from: EARLIEST_POLICY, until: addDays(today, POLICY_DAYS) });
  demandUsualDay(validFrom, { around: today, days: POLICY_DAYS }, isSure);
}

/** Demands that ranks are named once and that somebody may help somebody. @throws DomainError RANK_TWICE, POLICY_NO_QUOTA */
export function demandRanks(ranks: readonly Pick<RankRule, 'rank' | 'quota'>[]): void {
  demand(new Set(ranks.map(({ rank }) => rank)).size === ranks.length, 'RANK_TWICE');
  demand(
    ranks.some(({ quota }) => quota > 0),
    'POLICY_NO_QUOTA',
  );
}

/** @throws DomainError POLICY_NOT_DRAFT */
export function changePolicy(policy: PolicyStanding): void {
  demand(policy.state === 'draft', 'POLICY_NOT_DRAFT');
}

/** Whether it is this account's to put in force. @throws DomainError POLICY_NOT_DRAFT, POLICY_OWN, DAY_TOO_LATE */
export function enforcePolicy(policy: PolicyStanding, { accountId, today }: PolicyActor): void {
  changePolicy(policy);
  demand(!policy.writerIds.includes(accountId), 'POLICY_OWN');
  demandPolicyDay(policy.validFrom as BusinessDay, today, true);
}

/**
 * Whether it is this account's to take back a version before its day: a second person's.
 * @throws DomainError POLICY_NOT_IN_FORCE, POLICY_BEGUN, POLICY_ENFORCER_WITHDRAWS
 */
export function withdrawPolicy(policy: PolicyStanding, { accountId, today }: PolicyActor): void {
  demand(policy.state === 'in-force', 'POLICY_NOT_IN_FORCE');
  demand(policy.validFrom > today, 'POLICY_BEGUN', { day: policy.validFrom });
  demand(policy.enforcerId !== accountId, 'POLICY_ENFORCER_WITHDRAWS');
}

/**
 * Why a step of a version would be refused to an account now; null when it would succeed.
 * @param content what is against its ranks as the county has them today
 */
export function policyRefusal(
  step: PolicyStep,
  policy: PolicyStanding,
  actor: PolicyActor,
  content: Refusal | null,
): Refusal | null {
  switch (step) {
    case 'change':
    case 'discard':
      return refusalOf(() => changePolicy(policy));
    case 'enforce':
      return refusalOf(() => enforcePolicy(policy, actor)) ?? content;
    case 'withdraw':
      return refusalOf(() => withdrawPolicy(policy, actor));
    default:
      return step satisfies never;
  }
}

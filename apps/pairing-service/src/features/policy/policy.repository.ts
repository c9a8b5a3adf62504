import { PolicyContent } from '@bangfu/contracts/pairing/policy';
import type { QuotaStep } from '@bangfu/domain/pairing/pairing';
import { DEFAULT_CARE_MONTHS } from '@bangfu/domain/pairing/care';
import { DEFAULT_AHEAD_DAYS } from '@bangfu/domain/pairing/pairing-days';
import { DEFAULT_PLAN_POLICY, effectiveQuota, RANK_NAMES } from '@bangfu/domain/pairing/policy';
import { DEFAULT_VISIT_POLICY } from '@bangfu/domain/pairing/visit';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../../operations.ts';

/** A county's policy as it holds on a day. */
export interface PolicyInForce {
  readonly validFrom: string | null;
  readonly document: string;
  readonly content: PolicyContent;
}

/** Before every day that is asked for. */
export const EARLIEST = '0001-01-01';

/** What holds until a county sets its own: the set 5-3-2-1, and 36 months of care after an exit. */
export const SHIPPED: PolicyInForce = {
  validFrom: null,
  document: `系统默认（5321，脱贫后继续帮扶 ${DEFAULT_CARE_MONTHS} 个月）`,
  content: {
    ranks: DEFAULT_PLAN_POLICY.ranks.map((rule) => ({ ...rule, name: RANK_NAMES[rule.rank]?.zh ?? rule.rank })),
    weights: DEFAULT_PLAN_POLICY.weights,
    visits: DEFAULT_VISIT_POLICY,
    aheadDays: DEFAULT_AHEAD_DAYS,
    careMonths: DEFAULT_CARE_MONTHS,
    careUntil: null,
  },
};

/** The policies in force of a county in the order of their days, the shipped one first: each holds until the next one's day. */
export async function policiesOf(read: ReadSql<Tables>, countyCode: string): Promise<PolicyInForce[]> {
  const rows = await read
    .selectFrom('pairing_policy as p')
    .where('p.county_code', '=', countyCode)
    .where('p.state', '=', 'in-force')
    .orderBy('p.valid_from')
    .select(['p.valid_from as validFrom', 'p.document', 'p.content'])
    .execute();
  return [SHIPPED, ...rows.map((row) => ({ ...row, content: PolicyContent.parse(row.content) }))];
}

/** The one of a county's policies that holds on a day. */
export const holdingOn = (policies: readonly PolicyInForce[], day: BusinessDay): PolicyInForce =>
  policies.findLast(({ validFrom }) => validFrom === null || validFrom <= day) ?? SHIPPED;

/** The policy in force in a county on a day. */
export async function policyOn(read: ReadSql<Tables>, countyCode: string, day: BusinessDay): Promise<PolicyInForce> {
  return holdingOn(await policiesOf(read, countyCode), day);
}

/**
 * A cadre's quota by each policy that knows the rank.
 * @throws DomainError RANK_UNKNOWN when none does
 */
export function quotaSteps(
  policies: readonly PolicyInForce[],
  { rank, ownQuota }: { readonly rank: string; readonly ownQuota: number | null },
): QuotaStep[] {
  const steps = policies.flatMap(({ validFrom, content }) => {
    const rule = rankOf(content, rank);
    const from = (validFrom ?? EARLIEST) as BusinessDay;
    return rule ? [{ from, quota: effectiveQuota(rule.quota, ownQuota) }] : [];
  });
  demand(steps.length > 0, 'RANK_UNKNOWN', { rank });
  return steps;
}

/** The name and quota of a rank; both absent when the policy does not know it. */
export function rankOf(content: PolicyContent, rank: string): { name: string; quota: number } | undefined {
  return content.ranks.find((rule) => rule.rank === rank);
}

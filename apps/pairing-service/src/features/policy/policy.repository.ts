import { PolicyContent } from '@bangfu/contracts/pairing/policy';
import { DEFAULT_PLAN_POLICY, RANK_NAMES } from '@bangfu/domain/pairing/policy';
import { DEFAULT_VISIT_POLICY } from '@bangfu/domain/pairing/visit';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';

/** A county's policy as it holds on a day. */
export interface PolicyInForce {
  readonly validFrom: string | null;
  readonly document: string;
  readonly content: PolicyContent;
}

/** What holds until a county sets its own: the set 5-3-2-1, and the end of the national transition period. */
const SHIPPED: PolicyInForce = {
  validFrom: null,
  document: '系统默认（5321，过渡期至2025年底）',
  content: {
    ranks: DEFAULT_PLAN_POLICY.ranks.map((rule) => ({ ...rule, name: RANK_NAMES[rule.rank]?.zh ?? rule.rank })),
    weights: DEFAULT_PLAN_POLICY.weights,
    visits: DEFAULT_VISIT_POLICY,
    careUntil: '2025-12-31',
  },
};

/** The policy in force in a county on a day. */
export async function policyOn(sql: Sql, countyCode: string, day: BusinessDay): Promise<PolicyInForce> {
  const [row] = await sql.query<{ valid_from: string; document: string; content: unknown }>(
    `SELECT valid_from::text AS valid_from, document, content FROM pairing_policy
     WHERE county_code = $1 AND valid_from <= $2::date ORDER BY valid_from DESC LIMIT 1`,
    [countyCode, day],
  );
  return row
    ? { validFrom: row.valid_from, document: row.document, content: PolicyContent.parse(row.content) }
    : SHIPPED;
}

/** The name and quota of a rank; both absent when the policy does not know it. */
export function rankOf(content: PolicyContent, rank: string): { name: string; quota: number } | undefined {
  return content.ranks.find((rule) => rule.rank === rank);
}

import { PAIRING, type PolicyContent } from '@bangfu/contracts/pairing/policies';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { QuotaStep } from '@bangfu/domain/pairing/pairing';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { shippedId } from '@bangfu/platform/policy/install-policies';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { Tables } from '../../operations.ts';

/** A county's policy as it holds on a day. */
export interface PolicyInForce {
  readonly id: string;
  readonly validFrom: string | null;
  readonly document: string;
  readonly content: PolicyContent;
}

/** Before every day that is asked for. */
export const EARLIEST = '0001-01-01';

const [seed] = PAIRING.seeds;
if (!seed) throw new Error('a policy of pairing is shipped');
/** What holds until a county sets its own. */
export const SHIPPED: PolicyInForce = {
  id: shippedId(PAIRING.key, '', seed.validFrom),
  validFrom: null,
  document: seed.document,
  content: seed.value,
};

/** The policies in force of a county in the order of their days, the shipped one first: each holds until the next one's day. */
export async function policiesOf(read: ReadSql<Tables>, countyCode: string): Promise<PolicyInForce[]> {
  const versions = (await policyVersions(read, countyCode, PAIRING)).timeline();
  // The first holds before its own day too: pairings may be older.
  return versions.map(({ id, validFrom, document, value }, at) => ({
    id,
    validFrom: at === 0 ? null : validFrom,
    document,
    content: value,
  }));
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

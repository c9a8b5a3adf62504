import { CONTRACT_TERMS, DIVIDENDS, INDUSTRY_DEADLINES } from '@bangfu/contracts/industry/policies';
import type { PolicyBasis } from '@bangfu/contracts/core/policy-basis';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { policyOn, policyVersions } from '@bangfu/platform/policy/policy-on';
import type { PolicyTables } from '@bangfu/platform/policy/table';

/** The policies of a county together, and the versions that their figures are of. */
export interface DecidingPolicy extends IndustryPolicy {
  readonly terms: PolicyBasis;
  readonly dividends: PolicyBasis;
}

/** What the rules of industry are given: the policies of a county in force on the day of the call. */
export async function industryPolicy(
  read: ReadSql<PolicyTables>,
  { countyCode }: Pick<Caller, 'countyCode'>,
  now: Date,
): Promise<DecidingPolicy> {
  const today = businessDayOf(now);
  const terms = await policyOn(read, countyCode, CONTRACT_TERMS, today);
  const dividends = await policyOn(read, countyCode, DIVIDENDS, today);
  const deadlines = await policyVersions(read, countyCode, INDUSTRY_DEADLINES);
  return { ...terms.value, ...dividends.value, deadlines, terms, dividends };
}

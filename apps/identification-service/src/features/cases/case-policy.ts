import { type CasePolicy, DEFAULT_POLICY, policyOn } from '@bangfu/domain/identification/policy/policy';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';

/** The procedures' policy in force on a day: the version the product is shipped with, until counties add theirs. */
export function casePolicyOn(day: BusinessDay): CasePolicy {
  return policyOn([DEFAULT_POLICY], day).cases;
}

/** The procedures' policy in force at an instant. */
export function casePolicy(now: Date): CasePolicy {
  return casePolicyOn(businessDayOf(now));
}

import { type CasePolicy, DEFAULT_POLICY, policyOn } from '@bangfu/domain/identification/policy/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';

/** The procedures' policy in force at an instant: the version the product is shipped with, until counties add theirs. */
export function casePolicy(now: Date): CasePolicy {
  return policyOn([DEFAULT_POLICY], businessDayOf(now)).cases;
}

import type { Policy } from '@bangfu/contracts/core/policy';
import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { notFound } from '../http/refusal.ts';

/** A policy of a service by its key. @throws Refusal 404 */
export function policyNamed({ policies }: ServicePolicies, key: string): Policy {
  const policy = policies.find((each) => each.key === key);
  if (!policy) throw notFound();
  return policy;
}

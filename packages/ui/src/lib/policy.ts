import type { Policy } from '@bangfu/contracts/core/policy';
import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useOperation } from './data.ts';

/** The version of a policy in force on a day, and how the question for it stands. */
export interface FoundPolicy<Value> {
  /** The same object for as long as the answer is the same: what is computed from it is not computed at each stroke. */
  readonly value: Value | undefined;
  readonly found: UseQueryResult<AnswerOf<ServicePolicies['getPolicy']>>;
}

/** A policy of a service as it is in force on a day; without a day, today. */
export function usePolicy<Value>(
  { getPolicy }: ServicePolicies,
  policy: Policy<Value>,
  on: BusinessDay | null,
): FoundPolicy<Value> {
  const found = useOperation(getPolicy, { params: { policy: policy.key }, query: on ? { on } : {} });
  const given = found.data?.value;
  const value = useMemo(() => (given === undefined ? undefined : policy.schema.parse(given)), [given, policy]);
  return { value, found };
}

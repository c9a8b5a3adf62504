import { findHouseholdKey } from '@bangfu/contracts/identification/households';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { Gateway } from '../gateway.ts';
import { DEADLINE_MS } from './asking.ts';

/** A household as grants are bound to it. */
export interface BoundHousehold {
  readonly id: string;
  readonly number: string;
}

/**
 * Finds a household by exactly its number or its id, asking identification in the gateway's own name, because nobody
 * who may look at the register is signed in; null when there is none, or identification does not answer.
 */
export async function findHousehold(
  gateway: Gateway,
  by: { readonly number: string } | { readonly id: string },
  { requestId, address }: Caller,
): Promise<BoundHousehold | null> {
  const asking = { token: await gateway.gatewayToken(), language: 'zh' as const, requestId, address };
  const asked = await gateway.services.ask(
    'identification',
    findHouseholdKey,
    { query: by },
    { ...asking, deadlineMs: DEADLINE_MS },
  );
  return asked.state === 'answered' ? asked.data.household : null;
}

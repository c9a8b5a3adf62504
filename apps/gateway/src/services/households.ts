import { everyService } from '@bangfu/contracts/core/every-service';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Gateway } from '../gateway.ts';
import { DEADLINE_MS } from './asking.ts';

const { listScopeChoices } = everyService('identification');

/** A household as grants are bound to it. */
export interface BoundHousehold {
  readonly id: string;
  readonly number: string;
}

/**
 * Finds a household by its number or its id, asking identification in the gateway's own name, because nobody who may
 * look at the register is signed in; null when there is none, or identification does not answer.
 */
export async function findHousehold(
  gateway: Gateway,
  by: { readonly number: string } | { readonly id: string },
  from: Caller,
): Promise<BoundHousehold | null> {
  const query = { kind: 'household' as const, ...('id' in by ? { id: by.id } : { search: by.number }) };
  const { requestId, address } = from;
  const asking = { token: await gateway.systemToken(), language: 'zh' as const, requestId, address };
  const asked = await gateway.services.ask(
    'identification',
    listScopeChoices,
    { query },
    { ...asking, deadlineMs: DEADLINE_MS },
  );
  const rows = asked.state === 'answered' ? asked.data.rows : [];
  const found = rows.find((row) => ('id' in by ? row.id === by.id : row.name === by.number));
  return found ? { id: found.id, number: found.name } : null;
}

import { demand } from '../shared/errors.ts';
import type { Actor } from './declaration.ts';

/** Another account for a household of a contract in force: the signed list itself is not opened again. */
export interface AccountChange {
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly entityId: string;
  readonly requestedBy: string;
}

/**
 * Decides a proposed change: never by who requested it, nor by anyone acting for the entity, who could send a
 * household's money elsewhere.
 * @throws DomainError ACCOUNT_CHANGE_DECIDED, ACCOUNT_CHANGE_SAME_PERSON.
 */
export function decideAccountChange(change: AccountChange, actor: Actor, approved: boolean): AccountChange {
  demand(change.state === 'proposed', 'ACCOUNT_CHANGE_DECIDED');
  demand(actor.accountId !== change.requestedBy && actor.entityId !== change.entityId, 'ACCOUNT_CHANGE_SAME_PERSON');
  return { ...change, state: approved ? 'approved' : 'refused' };
}

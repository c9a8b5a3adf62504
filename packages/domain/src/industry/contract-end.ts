import { demand } from '../shared/errors.ts';
import { addDays, type BusinessDay } from '../shared/time.ts';
import type { Actor } from './declaration.ts';
import type { Days } from './dividend-period.ts';

/** A contract that ends before its time, or one household that leaves it: asked for by one person, decided by another. */
export interface ContractEnd {
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly entityId: string;
  readonly requestedBy: string;
}

/**
 * Demands that a contract, or a household's days on it, can end on a day: before it ends anyhow, not before its first
 * day by more than one (then it never ran), and not within what has been declared.
 * @param lastDeclared the last day of the dividend years that hold a declaration
 * @throws DomainError CONTRACT_NOT_IN_FORCE, CONTRACT_END_DAY, CONTRACT_END_DECLARED
 */
export function demandEndDay(
  day: BusinessDay,
  of: { readonly signed: boolean; readonly days: Days; readonly lastDeclared: BusinessDay | null },
): void {
  const { signed, days, lastDeclared } = of;
  demand(signed, 'CONTRACT_NOT_IN_FORCE');
  const first = addDays(days.from, -1);
  const last = addDays(days.to, -1);
  demand(day >= first && day <= last, 'CONTRACT_END_DAY', { day, first, last });
  demand(lastDeclared === null || day >= lastDeclared, 'CONTRACT_END_DECLARED', { day: lastDeclared ?? '' });
}

/**
 * Decides a proposed end: never by who asked for it, nor by anyone acting for the entity.
 * @throws DomainError CONTRACT_END_DECIDED, CONTRACT_END_SAME_PERSON
 */
export function decideContractEnd(end: ContractEnd, actor: Actor, approved: boolean): ContractEnd {
  demand(end.state === 'proposed', 'CONTRACT_END_DECIDED');
  demand(actor.accountId !== end.requestedBy && actor.entityId !== end.entityId, 'CONTRACT_END_SAME_PERSON');
  return { ...end, state: approved ? 'approved' : 'refused' };
}

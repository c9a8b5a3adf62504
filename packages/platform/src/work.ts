import type { Operation } from '@bangfu/contracts/core/operation';
import type { WorkItem } from '@bangfu/contracts/core/work';
import { ROLES, type Role } from '@bangfu/domain/shared/roles';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Caller, usableGrants } from './auth/caller.ts';

/** A piece of work before it is said whether its day has passed. */
export type Waiting = Omit<WorkItem, 'overdue'>;

/** As much as a service lists of one kind of work; the rest is counted. */
export const MOST_OF_A_KIND = 100;

/** What waits of one kind: the first of it, and how much there is. */
export interface WaitingKind {
  readonly items: readonly Waiting[];
  readonly total: number;
}

const NOTHING: WaitingKind = { items: [], total: 0 };

/**
 * What waits for an act: asked of the caller as he would call its operation, with the grants that open it now, so that
 * nobody is shown what he may not do.
 * @param responsible of the roles that may, those it waits for; all of them where none are named
 */
export async function waitingFor(
  op: Pick<Operation, 'access' | 'owner'>,
  caller: Caller,
  now: Date,
  find: (caller: Caller) => Promise<WaitingKind>,
  responsible: readonly Role[] = ROLES,
): Promise<WaitingKind> {
  const usable = usableGrants(caller, op.access, op.owner, now).filter(({ role }) => responsible.includes(role));
  return usable.length > 0 ? find({ ...caller, usable }) : NOTHING;
}

/** The answer of a service: all its work by the day it is due, with what is overdue on a day. */
export function toWork(found: readonly WaitingKind[], today: BusinessDay): { items: WorkItem[]; total: number } {
  const items = found
    .flatMap((kind) => kind.items)
    .map((item) => ({ ...item, overdue: item.due < today }))
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.id < b.id ? -1 : 1));
  return { items, total: found.reduce((sum, kind) => sum + kind.total, 0) };
}

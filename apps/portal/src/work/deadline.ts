import { type BusinessDay, daysBetween } from '@bangfu/domain/shared/time';

interface Dated {
  readonly due: string;
  readonly overdue: boolean;
}

/** Overdue first, then the nearest deadline; the order within stays as given. */
export function byUrgency(a: Dated, b: Dated): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  if (a.due === b.due) return 0;
  return a.due < b.due ? -1 : 1;
}

export type Deadline =
  | { readonly key: 'work.overdue' | 'work.dueIn'; readonly days: number }
  | { readonly key: 'work.dueToday' };

/** How a deadline is said on a day: so many days over, today, so many days left. */
export function deadlineOn({ due, overdue }: Dated, today: BusinessDay): Deadline {
  const left = daysBetween(today, due as BusinessDay);
  // A clock of hours can be over on the very day it ends: that counts as its first day over.
  if (left < 0 || overdue) return { key: 'work.overdue', days: Math.max(1, -left) };
  return left === 0 ? { key: 'work.dueToday' } : { key: 'work.dueIn', days: left };
}

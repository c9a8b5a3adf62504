import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { MOST_OF_A_KIND, type WaitingKind } from '@bangfu/platform/work';

/** The business day of an instant. */
export const dayOf = (instant: string | Date): BusinessDay => businessDayOf(new Date(instant));

/** What waits of a kind: the first to be due of it, and how much there is. */
export const listed = (items: WaitingKind['items']): WaitingKind => ({
  items: items.toSorted((a, b) => (a.due < b.due ? -1 : 1)).slice(0, MOST_OF_A_KIND),
  total: items.length,
});

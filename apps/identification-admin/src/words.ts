import { CAUSE, HOUSEHOLD_CATEGORY } from '@bangfu/domain/identification/roster/dictionaries';
import type { HouseholdStatus } from '@bangfu/ui/status-mark';

/** The register's status as the mark that shows it. */
export const MARKS = {
  none: 'ordinary',
  registered: 'registered',
  exited: 'exited',
  returned: 'returned',
} as const satisfies Record<string, HouseholdStatus>;

/** A category's or cause's Chinese word; a dash where there is none. */
export const categoryWord = (code: string | null) => (code === null ? '—' : HOUSEHOLD_CATEGORY.label(code as never));
export const causeWord = (code: string | null) => (code === null ? '—' : CAUSE.label(code as never));

export const CATEGORY_OPTIONS = HOUSEHOLD_CATEGORY.codes.map((value) => ({
  value,
  label: HOUSEHOLD_CATEGORY.label(value),
}));
export const CAUSE_OPTIONS = CAUSE.codes.map((value) => ({ value, label: CAUSE.label(value) }));

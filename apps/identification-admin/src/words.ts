import { CAUSE, HOUSEHOLD_CATEGORY } from '@bangfu/domain/identification/roster/dictionaries';

/** A category's or cause's Chinese word; a dash where there is none. */
export const categoryWord = (code: string | null) => (code === null ? '—' : HOUSEHOLD_CATEGORY.label(code as never));
export const causeWord = (code: string | null) => (code === null ? '—' : CAUSE.label(code as never));

export const CATEGORY_OPTIONS = HOUSEHOLD_CATEGORY.codes.map((value) => ({
  value,
  label: HOUSEHOLD_CATEGORY.label(value),
}));
export const CAUSE_OPTIONS = CAUSE.codes.map((value) => ({ value, label: CAUSE.label(value) }));

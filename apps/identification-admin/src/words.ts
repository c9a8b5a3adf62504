import { CAUSE, HOUSEHOLD_CATEGORY } from '@bangfu/domain/identification/roster/dictionaries';

/** A category's or cause's Chinese word; a dash where there is none. */
export const categoryWord = (code: string | null) => HOUSEHOLD_CATEGORY.labelOf(code) ?? '—';
export const causeWord = (code: string | null) => CAUSE.labelOf(code) ?? '—';

export const CATEGORY_OPTIONS = HOUSEHOLD_CATEGORY.codes.map((value) => ({
  value,
  label: HOUSEHOLD_CATEGORY.label(value),
}));
export const CAUSE_OPTIONS = CAUSE.codes.map((value) => ({ value, label: CAUSE.label(value) }));

import type { BusinessDay } from '@bangfu/domain/shared/time';
import { ABLE_TO_LABOUR } from '@bangfu/domain/training/coverage';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';

/** Whether a member `m` of a household copy is able to labour. */
export const ABLE_MEMBER = `m->>'labour' IN (${ABLE_TO_LABOUR.map((word) => `'${word}'`).join(', ')})`;

const yearsBefore = (day: BusinessDay, years: number) => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;

/**
 * How many members of a household copy `h` are of working age and able to labour: the rules of enrolment (domain
 * §9) as a condition over the copy, for counting a whole county at once. Days are compared as text, as `ageOn` does.
 * The three parameters stand from $`first` on.
 */
export function ableLabour(today: BusinessDay, first: number): { readonly sql: string; readonly params: string[] } {
  const { minAge, maxAge } = DEFAULT_TRAINING_POLICY;
  return {
    sql: `(SELECT count(*) FROM jsonb_array_elements(h.members) m
      WHERE ${ABLE_MEMBER} AND m->>'birthDate' <= $${first}
        AND m->>'birthDate' > CASE m->>'sex' WHEN 'female' THEN $${first + 1} WHEN 'male' THEN $${first + 2} END)`,
    params: [yearsBefore(today, minAge), yearsBefore(today, maxAge.female + 1), yearsBefore(today, maxAge.male + 1)],
  };
}

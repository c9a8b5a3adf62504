import type { BusinessDay } from '@bangfu/domain/shared/time';
import { ABLE_TO_LABOUR } from '@bangfu/domain/training/coverage';
import type { LearnerPolicy } from '@bangfu/domain/training/policy';
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../operations.ts';

/** An expression over `household_copy h`. */
export type OfCopy = ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>;

const yearsBefore = (day: BusinessDay, years: number) => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;

/** How many members `m` of a household copy are able to labour and meet a condition. */
const ableMembers = (eb: OfCopy, condition: RawBuilder<unknown>) =>
  sql<number>`(select count(*) from jsonb_array_elements(${eb.ref('h.members')}) m
    where m->>'labour' = any (${[...ABLE_TO_LABOUR]}::text[]) and ${condition})`;

/**
 * How many members of a household copy are of working age and able to labour: the rules of enrolment (domain §9) as a
 * condition over the copy, for counting a whole county at once. Days are compared as text, as `ageOn` does.
 */
export function ableLabour(eb: OfCopy, today: BusinessDay, { minAge, maxAge }: LearnerPolicy): RawBuilder<number> {
  const [oldest, ofWomen, ofMen] = [minAge, maxAge.female + 1, maxAge.male + 1].map((age) => yearsBefore(today, age));
  return ableMembers(
    eb,
    sql`m->>'birthDate' <= ${oldest}
      and m->>'birthDate' > case m->>'sex' when 'female' then ${ofWomen} when 'male' then ${ofMen} end`,
  );
}

/**
 * Members of a household copy as it is today who are able to labour and hold a certificate that was not withdrawn:
 * who left, died or cannot labour any more carries no skill, and who married in brings theirs.
 */
export const skilledMembers = (eb: OfCopy): RawBuilder<number> =>
  ableMembers(
    eb,
    sql`m->>'personId' in ${eb
      .selectFrom('certificate as t')
      .where('t.withdrawn_on', 'is', null)
      .select((t) => sql<string>`${t.ref('t.person_id')}::text`.as('id'))}`,
  );

import { type Expression, type ExpressionBuilder, type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../operations.ts';

/*
 * "Who helps" is a question of a day. These are its only answers in SQL, as `holdsOn` is in the domain; `link` is an
 * alias of pairing_link, `day` a day or an expression of one.
 */

type Days = keyof Pick<Tables['pairing_link'], 'withdrawn_at' | 'valid_from' | 'valid_until'>;
/** The aliases of a statement that have the days of a link. */
type Link<DB, TB extends keyof DB> = { [A in TB]: DB[A] extends Record<Days, unknown> ? A : never }[TB] & string;
type Day = string | Expression<unknown>;

const column = (link: string, name: Days) => sql.ref(`${link}.${name}`);
const isKept = (link: string) => sql`${column(link, 'withdrawn_at')} is null`;

/** Whether a link holds on a day. */
export const helpsOn = <DB, TB extends keyof DB>(
  _eb: ExpressionBuilder<DB, TB>,
  link: Link<DB, TB>,
  day: Day,
): RawBuilder<SqlBool> =>
  sql`(${isKept(link)} and ${column(link, 'valid_from')} <= ${day}::date
    and (${column(link, 'valid_until')} is null or ${column(link, 'valid_until')} > ${day}::date))`;

/** Whether a link begins after a day. */
export const helpsAfter = <DB, TB extends keyof DB>(
  _eb: ExpressionBuilder<DB, TB>,
  link: Link<DB, TB>,
  day: Day,
): RawBuilder<SqlBool> => sql`(${isKept(link)} and ${column(link, 'valid_from')} > ${day}::date)`;

/** Whether a link has ended by a day. */
export const helpedBefore = <DB, TB extends keyof DB>(
  _eb: ExpressionBuilder<DB, TB>,
  link: Link<DB, TB>,
  day: Day,
): RawBuilder<SqlBool> => sql`(${isKept(link)} and ${column(link, 'valid_until')} <= ${day}::date)`;

/** Whether a link holds or begins later, and its end is set for after a day. */
export const endsAfter = <DB, TB extends keyof DB>(
  _eb: ExpressionBuilder<DB, TB>,
  link: Link<DB, TB>,
  day: Day,
): RawBuilder<SqlBool> => sql`(${isKept(link)} and ${column(link, 'valid_until')} > ${day}::date)`;

type OfHousehold = ExpressionBuilder<Tables & { h: Tables['household_copy'] }, 'h'>;
const linksOf = (eb: OfHousehold) =>
  eb.selectFrom('pairing_link as k').whereRef('k.household_id', '=', 'h.id').select('k.id');

/** Whether somebody helps a household `h` on a day. */
export const isHelpedOn = (eb: OfHousehold, day: Day) => eb.exists(linksOf(eb).where((k) => helpsOn(k, 'k', day)));

/** Whether somebody begins to help a household `h` after a day. */
export const isHelpedAfter = (eb: OfHousehold, day: Day) =>
  eb.exists(linksOf(eb).where((k) => helpsAfter(k, 'k', day)));

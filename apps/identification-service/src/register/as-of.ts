import { readOver } from '@bangfu/data/read-over';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../operations.ts';
import { HOUSEHOLD_COLUMNS, PERSON_COLUMNS } from './columns.ts';

/** Of which day, and as known when: a day in Shanghai, and an instant. Without one, of today and as known now. */
export interface TwoTimes {
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
}

/** Whether anything else than today's state is asked for. */
export const isPast = ({ asOf, knownAt }: TwoTimes): boolean => asOf !== undefined || knownAt !== undefined;

const columnsOf = (names: readonly string[], of: string) => sql.join(names.map((name) => sql.ref(`${of}.${name}`)));

/**
 * Reads households, persons and divisions as they were on a day, as known at an instant (ADR 0033): of the states that hold from
 * that day or an earlier one and were recorded until then, the one with the latest day, and of these the last recorded.
 * An import that was undone counts until its undo was known, and no longer from then on. Today's row is that state
 * wherever it qualifies, and it does for nearly all.
 * @param household where one alone is read
 */
export function registerAsOf(
  read: ReadSql<Tables>,
  county: string,
  times: TwoTimes,
  household?: string,
): ReadSql<Tables> {
  if (!isPast(times)) return read;
  const { asOf = 'infinity', knownAt = 'infinity' } = times;
  const known = (of: string): RawBuilder<SqlBool> =>
    sql`${sql.ref(`${of}.valid_from`)} <= ${asOf}::date and ${sql.ref(`${of}.changed_at`)} <= ${knownAt}::timestamptz`;
  const one = household === undefined ? sql`true` : sql`o.id = ${household}::uuid`;
  return readOver(read, {
    earlier: {
      isKept: true,
      query: sql`select distinct on (o.id) o.* from household_history o
        where o.county_code = ${county} and ${one} and ${known('o')}
          and not exists (
            select from roster_import i where i.id = o.import_id and i.undone_at <= ${knownAt}::timestamptz)
          and not exists (select from household n where n.id = o.id and ${known('n')})
        order by o.id, o.valid_from desc, o.version desc`,
    },
    person: {
      query: sql`select ${columnsOf(PERSON_COLUMNS, 'n')} from person n
          join household k on k.id = n.household_id where ${known('k')}
        union all
        select ${columnsOf(PERSON_COLUMNS, 'o')} from earlier k
          join person_history o on o.household_id = k.id and o.household_version = k.version`,
    },
    household: {
      query: sql`select ${columnsOf(HOUSEHOLD_COLUMNS, 'n')} from household n where ${known('n')}
        union all select ${columnsOf(HOUSEHOLD_COLUMNS, 'o')} from earlier o`,
    },
    // A state of that day names the divisions of that day.
    region: {
      query: sql`select distinct on (o.region_id) o.region_id as id, o.county_code, o.code, o.level, o.name,
          o.parent_code, n.longitude, n.latitude, n.neighbours, o.valid_from, n.version, o.recorded_at
        from region_period o left join region n on n.id = o.region_id
        where o.county_code = ${county} and (o.valid_from is null or o.valid_from <= ${asOf}::date)
          and (o.change_id is null or o.recorded_at <= ${knownAt}::timestamptz)
          and (o.valid_until is null or o.valid_until > ${asOf}::date or o.ended_at > ${knownAt}::timestamptz)
        order by o.region_id, o.valid_from desc nulls last`,
    },
  });
}

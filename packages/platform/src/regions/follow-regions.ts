import { placeName } from '@bangfu/domain/shared/region';
import type { RegionChanged } from '@bangfu/events/catalog/identification';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { CurrentColumn } from './region-columns.ts';

/** What of a change is needed to follow it. */
export type Followed = Pick<RegionChanged, 'codes' | 'households'>;

/** Households whose rows alone are rewritten, in what was heard of them before an instant. */
export interface OnlyHouseholds {
  readonly ids: readonly string[];
  readonly before: Date;
}

/** To which code the most of each division goes: of one that is split, its first successor. */
export const mainSuccessors = (codes: Followed['codes']): ReadonlyMap<string, string | null> =>
  new Map(codes.map(({ from, to }) => [from, to] as const).toReversed());

/** To which successor of their village some households go, by their ids, as JSON. */
export const successorsOf = ({ households }: Pick<Followed, 'households'>): string =>
  JSON.stringify(Object.fromEntries(households.map(({ householdId, to }) => [householdId, to])));

/** The lines of a change as a relation `line`, each with the main successor of its division. */
function linesOf({ codes }: Followed): RawBuilder<unknown> {
  const main = mainSuccessors(codes);
  const lines = codes.map(({ from, to, name, level, townshipName }) => ({
    from,
    to,
    main: main.get(from) ?? null,
    village_name: level === 'village' ? placeName(name) : null,
    township_name: townshipName,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb)
    as line("from" text, "to" text, main text, village_name text, township_name text)`;
}

/** Rewrites one column of codes, and the names beside it, in one statement: a code that is both old and new is no trap. */
async function followCode(
  db: QueryExecutorProvider,
  { table, code, household, villageName, townshipName, only }: Extract<CurrentColumn, { code: string }>,
  change: Followed,
  households?: OnlyHouseholds,
): Promise<void> {
  const column = (name: string) => sql.ref(`t.${name}`);
  const chosen =
    household && change.households.length > 0
      ? sql`coalesce(${successorsOf(change)}::text::jsonb ->> ${column(household)}::text, line.main)`
      : sql`line.main`;
  const pairs: [RawBuilder<unknown>, RawBuilder<unknown>, RawBuilder<unknown>][] = [
    [sql.ref(code), column(code), sql`line."to"`],
  ];
  for (const [name, of] of [
    [villageName, 'village_name'],
    [townshipName, 'township_name'],
  ] as const) {
    if (name) pairs.push([sql.ref(name), column(name), sql`coalesce(${sql.ref(`line.${of}`)}, ${column(name)})`]);
  }
  const conditions = [
    sql`${column(code)} = line."from" and line."to" = ${chosen}`,
    sql`(${sql.join(pairs.map(([, now]) => now))}) is distinct from (${sql.join(pairs.map(([, , next]) => next))})`,
    ...(only ? [sql`${column(only.column)} = any (${[...only.isAnyOf]}::text[])`] : []),
    ...(households
      ? [
          sql`t.id = any (${[...households.ids]}::uuid[]) and t.heard_at < ${households.before.toISOString()}::timestamptz`,
        ]
      : []),
  ];
  await sql`update ${sql.table(table)} as t
    set ${sql.join(pairs.map(([name, , next]) => sql`${name} = ${next}`))}
    from ${linesOf(change)} where ${sql.join(conditions, sql` and `)}`.execute(db);
}

/** Rewrites one column of lists of codes. */
async function followCodes(
  db: QueryExecutorProvider,
  { table, codes }: Extract<CurrentColumn, { codes: string }>,
  change: Followed,
): Promise<void> {
  const left = change.codes.filter(({ from, to }) => from !== to).map(({ from }) => from);
  const column = sql.ref(`t.${codes}`);
  await sql`update ${sql.table(table)} as t set ${sql.ref(codes)} = array(
      select distinct coalesce(line."to", each.code) from unnest(${column}) as each(code)
      left join ${linesOf(change)} on line."from" = each.code
      where line."from" is null or line."to" is not null order by 1)
    where ${column} && ${left}::text[]`.execute(db);
}

/**
 * Rewrites columns of divisions as a change says.
 * @param households only their rows, of the read copy of the register
 */
export async function followRegions(
  db: QueryExecutorProvider,
  columns: readonly CurrentColumn[],
  change: Followed,
  households?: OnlyHouseholds,
): Promise<void> {
  for (const column of columns) {
    if ('codes' in column) await followCodes(db, column, change);
    else await followCode(db, column, change, households);
  }
}

import { insertMany } from '@bangfu/data/insert-many';
import type { Transaction } from '@bangfu/data/typed-sql';
import type { Division, PlannedLine } from '@bangfu/domain/identification/regions/plan-change';
import { countyOf, type RegionCode } from '@bangfu/domain/shared/region';
import { sql } from 'kysely';
import type { Tables } from '../../operations.ts';

/** Two changes at once would both find a code free. */
const REGIONS_LOCK = 7_302_002;

/** Waits for its turn among those that change divisions, until the end of the transaction. */
export async function lockRegions({ sql: write }: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${REGIONS_LOCK}::bigint)::text`.execute(write);
}

/** The divisions of a county as they are now, the county itself among them. */
export async function countyDivisions({ sql: read }: Transaction<Tables>, countyCode: string): Promise<Division[]> {
  const rows = await read
    .selectFrom('region')
    .where('county_code', '=', countyCode)
    .orderBy('code')
    .select(['id', 'code', 'level', 'name', 'parent_code as parentCode'])
    .execute();
  return rows.map(({ code, parentCode, ...rest }) => ({
    ...rest,
    code: code as RegionCode,
    parentCode: parentCode as RegionCode | null,
  }));
}

/** The codes that divisions of a county had in a period that is over. */
export async function earlierCodes({ sql: read }: Transaction<Tables>, countyCode: string): Promise<Set<string>> {
  const rows = await read
    .selectFrom('region_period')
    .where('county_code', '=', countyCode)
    .where('valid_until', 'is not', null)
    .select('code')
    .execute();
  return new Set(rows.map(({ code }) => code));
}

/** The day of the last change of any of some divisions; null where none was changed. */
export async function lastChangeOf({ sql: read }: Transaction<Tables>, ids: readonly string[]): Promise<string | null> {
  const { day } = await read
    .selectFrom('region_period')
    .where('region_id', 'in', ids)
    .select((eb) => eb.fn.max('valid_from').$castTo<string | null>().as('day'))
    .executeTakeFirstOrThrow();
  return day;
}

/** What a division is in its own row and in the row of a period. */
const columnsOf = ({ code, level, name, parentCode }: Division) => ({
  county_code: countyOf(code),
  code,
  level,
  name,
  parent_code: parentCode,
});

/** Begins the first period of divisions that a table establishes. */
export const beginPeriods = (
  { sql: write }: Transaction<Tables>,
  divisions: readonly Division[],
  newId: () => string,
): Promise<void> =>
  insertMany(
    write,
    'region_period',
    divisions.map((division) => ({ id: newId(), region_id: division.id, ...columnsOf(division) })),
  );

/** Corrects the present period of a division by a table: what it says was so all the time. */
export async function correctPeriod(
  { sql: write }: Transaction<Tables>,
  { id, name, parentCode }: Pick<Division, 'id' | 'name' | 'parentCode'>,
): Promise<void> {
  await write
    .updateTable('region_period')
    .set({ name, parent_code: parentCode })
    .where('region_id', '=', id)
    .where('valid_until', 'is', null)
    .execute();
}

/** By what and from when divisions are others. */
interface Decided {
  readonly changeId: string;
  readonly on: string;
  readonly document: string;
  readonly now: Date;
  newId(): string;
}

/** The divisions of a plan as it leaves them, each once. */
const divisionsOf = (lines: readonly PlannedLine[]): Division[] => [
  ...new Map(lines.flatMap(({ to }) => (to ? [[to.id, to] as const] : []))).values(),
];

/** Writes the divisions and their periods as a plan leaves them. */
export async function storeDivisions(
  { sql: write }: Transaction<Tables>,
  before: readonly Division[],
  lines: readonly PlannedLine[],
  { changeId, on, document, now, newId }: Decided,
): Promise<void> {
  const known = new Map(before.map((division) => [division.id, division]));
  const byCode = new Map(before.map((division) => [division.code, division]));
  const after = divisionsOf(lines);
  const stays = new Set(after.map(({ id }) => id));
  const ended = lines.flatMap(({ from }) => byCode.get(from) ?? []).filter(({ id }) => !stays.has(id));
  const changed = after.filter((division) => !isSame(known.get(division.id), division));
  const over = [...ended, ...changed].map(({ id }) => id);
  await write
    .updateTable('region_period')
    .set({ valid_until: on, ended_at: now })
    .where('region_id', 'in', over)
    .where('valid_until', 'is', null)
    .execute();
  await insertMany(
    write,
    'region_period',
    changed.map((division) => ({
      id: newId(),
      region_id: division.id,
      ...columnsOf(division),
      valid_from: on,
      document,
      change_id: changeId,
      recorded_at: now,
    })),
  );
  const places = await write
    .deleteFrom('region')
    .where('id', 'in', over)
    .returning(['id', 'longitude', 'latitude', 'neighbours', 'version'])
    .execute();
  const placeOf = new Map(places.map((place) => [place.id, place]));
  // A new division lies where the first of those lay from which it comes.
  const sourceOf = new Map(
    lines.toReversed().flatMap(({ from, to }) => (to ? [[to.id, byCode.get(from)?.id ?? ''] as const] : [])),
  );
  await insertMany(
    write,
    'region',
    changed.map((division) => {
      const { id } = division;
      const place = placeOf.get(id) ?? placeOf.get(sourceOf.get(id) ?? '');
      return {
        id,
        ...columnsOf(division),
        longitude: place?.longitude ?? null,
        latitude: place?.latitude ?? null,
        neighbours: place?.neighbours ?? [],
        valid_from: on,
        version: (placeOf.get(id)?.version ?? 0) + 1,
      };
    }),
  );
}

const isSame = (before: Division | undefined, after: Division): boolean =>
  before !== undefined &&
  before.code === after.code &&
  before.name === after.name &&
  before.parentCode === after.parentCode;

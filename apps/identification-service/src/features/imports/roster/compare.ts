import type { ColumnKey } from '@bangfu/domain/identification/roster/columns';
import { escapeLiteral, type PoolClient } from '@bangfu/data/pool';
import {
  ASIDE,
  type Fields,
  HOUSEHOLD_FIELDS,
  HOUSEHOLD_LEFT_EMPTY,
  type LeftEmpty,
  PERSON_FIELDS,
  PERSON_LEFT_EMPTY,
} from './fields.ts';
import type { StagedRoster } from './stage.ts';
import { COMPARED } from './staging.ts';

/** The condition that the sheet of a staged row has a column, or one of several of a fact. */
export function hasColumn(staged: StagedRoster, keys: readonly ColumnKey[], roster: string): string {
  const sheets = [...new Set(keys.flatMap((key) => staged.sheetsWith.get(key) ?? []))];
  if (sheets.length === 0) return 'false';
  if (sheets.length === staged.sheets.length) return 'true';
  return `${roster}.sheet IN (${sheets.map((sheet) => escapeLiteral(sheet)).join(', ')})`;
}

/** How a register column is filled: from the roster where its sheet has the column, else as it was. */
export function incoming(fields: Fields, staged: StagedRoster, roster: string, register: string): string[] {
  return fields.map(([column, keys]) => {
    const has = hasColumn(staged, keys, roster);
    if (has === 'true') return `${roster}.${column}`;
    if (has === 'false') return `${register}.${column}`;
    return `CASE WHEN ${has} THEN ${roster}.${column} ELSE ${register}.${column} END`;
  });
}

/** Columns of the roster as an array of SQL. */
export const keysAsSql = (keys: readonly ColumnKey[]) => `'{${keys.join(',')}}'::text[]`;

/** The keys that the sheet of a staged row asks for. */
function askedBySheet(keys: readonly ColumnKey[], { sheets, sheetsWith }: StagedRoster, roster: string): string {
  const asked = (sheet: string) => keysAsSql(keys.filter((key) => sheetsWith.get(key)?.includes(sheet)));
  const names = sheets.map(({ name }) => name);
  const each = new Set(names.map(asked));
  if (each.size === 1) return [...each].join();
  return `CASE ${roster}.sheet ${names.map((name) => `WHEN ${escapeLiteral(name)} THEN ${asked(name)}`).join(' ')} END`;
}

/** The facts left empty after an import: of what the sheet asks for those of the row, of the rest those as they were. */
export function leftEmpty({ keys, staged: column }: LeftEmpty, staged: StagedRoster, roster: string, register: string) {
  const asked = askedBySheet(keys, staged, roster);
  return `CASE WHEN coalesce(${register}.left_empty, '{}') <@ ${asked} THEN ${roster}.${column} ELSE ARRAY(
    SELECT k FROM (SELECT unnest(${register}.left_empty) EXCEPT SELECT unnest(${asked}) UNION SELECT unnest(${roster}.${column})
    ) AS left_empty (k) ORDER BY k COLLATE "C") END`;
}

function differs(fields: Fields, empty: LeftEmpty, staged: StagedRoster, roster: string, register: string): string {
  const mine = [...incoming(fields, staged, roster, register), leftEmpty(empty, staged, roster, register)];
  const theirs = [...fields.map(([column]) => column), 'left_empty'].map((column) => `${register}.${column}`);
  return `(${mine.join(', ')}) IS DISTINCT FROM (${theirs.join(', ')})`;
}

/** How many of each fate. */
export interface Fates {
  readonly create: number;
  readonly change: number;
  readonly move: number;
  readonly unchanged: number;
  readonly heldBack: number;
}

/**
 * Compares the staged roster with the register: `roster_household` and `roster_person` hold each record's id and fate
 * (create, change, move, unchanged). Households by number, persons by household and ID number (formats, "Matching"); who
 * was withdrawn and comes back has the id he had.
 */
export async function compareRoster(
  client: PoolClient,
  staged: StagedRoster,
  countyCode: string,
): Promise<{ households: Fates; persons: Fates }> {
  await client.query(`DROP TABLE IF EXISTS ${COMPARED}`);
  await client.query(
    `CREATE TEMP TABLE roster_household AS
     SELECT r.ordinal, r.number, coalesce(h.id, w.id, uuidv7()) AS id, h.version AS existing_version,
       coalesce(w.version, 0) + 1 AS first_version, v.id AS village_id,
       r.name AS head_name, c.n AS rows,
       CASE WHEN h.id IS NULL THEN 'create' WHEN ${differs(HOUSEHOLD_FIELDS, HOUSEHOLD_LEFT_EMPTY, staged, 'r', 'h')}
           THEN 'change'
         ELSE 'unchanged' END AS fate
     FROM roster_row r
     JOIN (SELECT number, count(*)::int AS n FROM roster_row GROUP BY number) c USING (number)
     JOIN region v ON v.code = r.village_code
     LEFT JOIN household h ON h.county_code = $1 AND h.number = r.number
     LEFT JOIN withdrawn_household w ON w.county_code = $1 AND w.number = r.number
     WHERE r.relation = 'head' AND r.number <> ''
       AND NOT EXISTS (SELECT 1 FROM roster_held x WHERE x.number = r.number)`,
    [countyCode],
  );
  await client.query('CREATE UNIQUE INDEX ON roster_household (number)');
  await client.query('ANALYZE roster_household');
  await client.query(
    `CREATE TEMP TABLE roster_person AS
     SELECT r.ordinal, h.id AS household_id, coalesce(p.id, w.id, r.sealed_for) AS id, p.household_id AS left_household_id,
       CASE WHEN p.id IS NULL THEN 'create' WHEN p.household_id <> h.id THEN 'move'
         WHEN ${differs(PERSON_FIELDS, PERSON_LEFT_EMPTY, staged, 'r', 'p')}
           OR ${ASIDE} IS DISTINCT FROM p.aside THEN 'change' ELSE 'unchanged' END AS fate
     FROM roster_row r JOIN roster_household h USING (number)
     LEFT JOIN person p ON p.county_code = $1 AND p.id_index = r.id_index
     LEFT JOIN withdrawn_person w ON w.county_code = $1 AND w.id_index = r.id_index`,
    [countyCode],
  );
  await client.query(
    `UPDATE roster_person n SET id = s.person_id, left_household_id = n.household_id, fate = 'change'
     FROM roster_same s WHERE s.ordinal = n.ordinal AND s.same`,
  );
  await client.query('ANALYZE roster_person');
  // A household is its members too: one whose member changed, came or left has changed.
  await client.query(
    `UPDATE roster_household h SET fate = 'change' WHERE fate = 'unchanged' AND id IN (
       SELECT household_id FROM roster_person WHERE fate <> 'unchanged'
       UNION SELECT left_household_id FROM roster_person WHERE fate = 'move')`,
  );
  return { households: await householdFates(client), persons: await personFates(client) };
}

/**
 * Whether the register still is as it was compared with. The households that will change are held until the
 * transaction ends, so that it stays so.
 */
export async function isStillAsCompared(client: PoolClient, countyCode: string): Promise<boolean> {
  await client.query(
    `SELECT 1 FROM household h WHERE h.id IN (SELECT id FROM roster_household WHERE fate = 'change'
       UNION SELECT left_household_id FROM roster_person WHERE fate = 'move') ORDER BY h.id FOR NO KEY UPDATE`,
  );
  // Counted, not only looked for: expecting to find one at once, the planner would search row by row.
  const { rows } = await client.query<{ stale: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM roster_household r LEFT JOIN household h ON h.county_code = $1 AND h.number = r.number
         WHERE h.version IS DISTINCT FROM r.existing_version)
       OR EXISTS (SELECT 1 FROM roster_person n LEFT JOIN person p ON p.id = n.id
         WHERE n.fate <> 'create' AND p.household_id IS DISTINCT FROM n.left_household_id)
       OR (SELECT count(*) FROM roster_person n JOIN roster_row r USING (ordinal)
           JOIN person p ON p.county_code = $1 AND p.id_index = r.id_index
         WHERE p.id <> n.id) > 0 AS stale`,
    [countyCode],
  );
  return rows[0]?.stale === false;
}

const NONE: Fates = { create: 0, change: 0, move: 0, unchanged: 0, heldBack: 0 };

async function householdFates(client: PoolClient): Promise<Fates> {
  const { rows } = await client.query<{ fate: keyof Fates; n: number }>(
    `SELECT fate, count(*) AS n FROM roster_household GROUP BY fate UNION ALL SELECT 'heldBack', count(*) FROM roster_held`,
  );
  return rows.reduce((fates, { fate, n }) => ({ ...fates, [fate]: n }), NONE);
}

async function personFates(client: PoolClient): Promise<Fates> {
  const { rows } = await client.query<{ fate: keyof Fates; n: number }>(
    `SELECT fate, count(*) AS n FROM roster_person GROUP BY fate
     UNION ALL SELECT 'heldBack', (SELECT count(*) FROM roster_row) - (SELECT count(*) FROM roster_person)`,
  );
  return rows.reduce((fates, { fate, n }) => ({ ...fates, [fate]: n }), NONE);
}

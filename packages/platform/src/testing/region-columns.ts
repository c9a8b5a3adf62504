import { onServer } from '@bangfu/testkit/postgres';
import { type DeclaredRegions, declaredColumns } from '../regions/region-columns.ts';

/** Names that speak of divisions. */
const SPEAKS_OF_DIVISIONS = '(region|village|township|county|scope|seat_code|neighbour|parent_code|prefix)';

/**
 * Compares the columns that a service declares with those of its database whose names speak of divisions. The county of
 * a row is none of them: which county it belongs to never changes.
 * @returns what differs, each column with its table
 */
export async function wrongRegionColumns(url: string, declared: DeclaredRegions): Promise<string[]> {
  const { rows } = await onServer(url, (client) =>
    client.query<{ name: string; speaks: boolean }>(
      `SELECT c.relname || '.' || a.attname AS name,
         a.attname ~ $1 AND a.attname <> 'county_code' OR a.attname = 'code' AND c.relname ~ 'region' AS speaks
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'platform') AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY 1`,
      [SPEAKS_OF_DIVISIONS],
    ),
  );
  const names = declaredColumns(declared);
  const there = new Set(rows.map(({ name }) => name));
  return [
    ...rows.filter(({ name, speaks }) => speaks && !names.includes(name)).map(({ name }) => `${name} is not declared`),
    ...names.filter((name) => !there.has(name)).map((name) => `${name} does not exist`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is declared twice`),
  ];
}

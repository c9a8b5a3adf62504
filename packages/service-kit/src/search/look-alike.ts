import { nameKey } from '@bangfu/domain/shared/normalise';
import { visibleText } from '@bangfu/domain/shared/readable-text';
import type { Sql } from '@bangfu/events/sql';
import unhomoglyph from 'unhomoglyph';

/** Tables whose names stand for one thing each within a county. */
type NamedTable = 'course' | 'entity' | 'provider' | 'unit';

/**
 * What two names have in common that a reader takes for each other: as `nameKey`, without capitals, each sign written as
 * the one it looks like (Unicode's table of confusable signs).
 */
export const lookAlikeKey = (name: string): string => unhomoglyph(nameKey(visibleText(name))).toLowerCase();

/**
 * The name in a table that a new one would be taken for; null when there is none. Whoever asks holds the county's names
 * of the table until his transaction ends, so that two twins cannot come in at once.
 * @param self the record that is renamed
 */
export async function findNamesake(
  sql: Sql,
  table: NamedTable,
  countyCode: string,
  name: string,
  self: string | null = null,
): Promise<string | null> {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`names of ${table} ${countyCode}`]);
  const rows = await sql.query<{ id: string; name: string }>(
    `SELECT id::text AS id, name FROM ${table} WHERE county_code = $1`,
    [countyCode],
  );
  const key = lookAlikeKey(name);
  return rows.find((row) => row.id !== self && lookAlikeKey(row.name) === key)?.name ?? null;
}

import { nameKey } from '@bangfu/domain/shared/normalise';
import { visibleText } from '@bangfu/domain/shared/readable-text';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Transaction } from '@bangfu/data/typed-sql';
import unhomoglyph from 'unhomoglyph';

/** Tables whose names are unique within a county. */
type NamedTable = 'course' | 'entity' | 'provider' | 'unit';

/**
 * The key by which two names look the same: as `nameKey`, in small letters, each sign replaced by the one it looks like
 * (Unicode's confusables table).
 */
export const lookAlikeKey = (name: string): string => unhomoglyph(nameKey(visibleText(name))).toLowerCase();

/**
 * The name in a table that looks the same as a new one; null when there is none. Locks the county's names of the table
 * until the transaction ends, so that two look-alikes cannot be added at the same time.
 * @param self the id of the record that is renamed
 */
export async function findNamesake(
  tx: Sql | Pick<Transaction<never>, 'client'>,
  table: NamedTable,
  countyCode: string,
  name: string,
  self: string | null = null,
): Promise<string | null> {
  const sql = 'client' in tx ? pgSql(tx.client) : tx;
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`names of ${table} ${countyCode}`]);
  const rows = await sql.query<{ id: string; name: string }>(
    `SELECT id::text AS id, name FROM ${table} WHERE county_code = $1`,
    [countyCode],
  );
  const key = lookAlikeKey(name);
  return rows.find((row) => row.id !== self && lookAlikeKey(row.name) === key)?.name ?? null;
}

import { nameKey } from '@bangfu/domain/shared/normalise';
import { visibleText } from '@bangfu/domain/shared/readable-text';
import { type Transaction, typedSql } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
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
  { client }: Pick<Transaction<never>, 'client'>,
  table: NamedTable,
  countyCode: string,
  name: string,
  self: string | null = null,
): Promise<string | null> {
  const names = typedSql<Record<NamedTable, { id: string; name: string; county_code: string }>>(client);
  const lock = sql`select pg_advisory_xact_lock(hashtextextended(${`names of ${table} ${countyCode}`}, 0))`;
  await lock.execute(names);
  const rows = await names.selectFrom(table).where('county_code', '=', countyCode).select(['id', 'name']).execute();
  const key = lookAlikeKey(name);
  return rows.find((row) => row.id !== self && lookAlikeKey(row.name) === key)?.name ?? null;
}

import type { PoolClient } from '@bangfu/data/pool';
import { HOUSEHOLD_FIELDS, PERSON_FIELDS } from './compare.ts';
import type { PlacedRow } from './judge.ts';

function kept(fields: typeof PERSON_FIELDS, register: string): string {
  return fields
    .map(
      ([column, key]) =>
        `${column} = CASE WHEN '${key}' = ANY (r.unsaid) THEN ${register}.${column} ELSE r.${column} END`,
    )
    .join(', ');
}

/**
 * Fills the staged cells that say nothing (masked, no telephone, an unreadable name) with what the register holds, so
 * that nothing known is wiped. @returns the rows whose name is covered by stars and that the register does not know
 */
export async function keepUnsaid(client: PoolClient, county: string): Promise<readonly PlacedRow[]> {
  await client.query(
    `UPDATE roster_row r SET ${kept(PERSON_FIELDS, 'p')} FROM person p
     WHERE r.unsaid IS NOT NULL AND p.county_code = $1 AND p.id_index = r.id_index`,
    [county],
  );
  await client.query(
    `UPDATE roster_row r SET ${kept(HOUSEHOLD_FIELDS, 'h')} FROM household h
     WHERE r.unsaid IS NOT NULL AND h.county_code = $1 AND h.number = r.number`,
    [county],
  );
  const { rows } = await client.query<PlacedRow>(
    `SELECT sheet, row, number FROM roster_row WHERE 'name' = ANY (unsaid) AND name IS NULL AND number <> ''
     ORDER BY ordinal`,
  );
  return rows;
}

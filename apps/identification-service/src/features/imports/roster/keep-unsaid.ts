import type { PoolClient } from '@bangfu/data/pool';
import { keysAsSql } from './compare.ts';
import { HOUSEHOLD_FIELDS, HOUSEHOLD_LEFT_EMPTY, type LeftEmpty, PERSON_FIELDS, PERSON_LEFT_EMPTY } from './fields.ts';
import type { PlacedRow } from './judge.ts';

function kept(fields: typeof PERSON_FIELDS, empty: LeftEmpty, register: string): string {
  const values = fields.map(
    ([column, keys]) =>
      `${column} = CASE WHEN r.unsaid && ${keysAsSql(keys)} THEN ${register}.${column} ELSE r.${column} END`,
  );
  // What was left empty before is so still where the cell says nothing now.
  const leftEmpty = `ARRAY(SELECT k FROM (SELECT unnest(r.${empty.staged}) UNION
    SELECT unnest(${register}.left_empty) INTERSECT SELECT unnest(r.unsaid)) AS kept (k) ORDER BY k COLLATE "C")`;
  return [...values, `${empty.staged} = ${leftEmpty}`].join(', ');
}

const OF_PERSON = kept(PERSON_FIELDS, PERSON_LEFT_EMPTY, 'p');
const OF_HOUSEHOLD = kept(HOUSEHOLD_FIELDS, HOUSEHOLD_LEFT_EMPTY, 'h');

/**
 * Fills the staged cells that say nothing (masked, no telephone, an unreadable name) with what the register holds, so
 * that nothing known is wiped; a fact with several columns stays whole.
 * @returns the rows whose name is covered by stars and that the register does not know
 */
export async function keepUnsaid(client: PoolClient, county: string): Promise<readonly PlacedRow[]> {
  await client.query(
    `UPDATE roster_row r SET ${OF_PERSON} FROM person p
     WHERE r.unsaid IS NOT NULL AND p.county_code = $1 AND p.id_index = r.id_index`,
    [county],
  );
  await client.query(
    `UPDATE roster_row r SET ${OF_HOUSEHOLD} FROM household h
     WHERE r.unsaid IS NOT NULL AND h.county_code = $1 AND h.number = r.number`,
    [county],
  );
  const { rows } = await client.query<PlacedRow>(
    `SELECT sheet, row, number FROM roster_row WHERE 'name' = ANY (unsaid) AND name IS NULL AND number <> ''
     ORDER BY ordinal`,
  );
  return rows;
}

/** As `keepUnsaid`, for those whom the clerk calls the same as a person of the register under another ID number. */
export async function keepUnsaidOfSame(client: PoolClient): Promise<void> {
  await client.query(
    `UPDATE roster_row r SET ${OF_PERSON} FROM roster_same s JOIN person p ON p.id = s.person_id
     WHERE r.unsaid IS NOT NULL AND s.ordinal = r.ordinal AND s.same`,
  );
}

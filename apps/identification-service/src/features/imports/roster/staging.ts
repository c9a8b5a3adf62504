import type { Pool, PoolClient } from '@bangfu/data/pool';

/**
 * A roster while it is worked on: temporary tables of one connection, gone with it, so a crash leaves nothing behind.
 * They outlast the short transactions they are filled in (adr 0013). `roster_row` holds a row a person, sealed like the
 * register itself for the person `sealed_for`. `status` is the one that will be written; `said_status` the roster's where that is another. `unsaid`
 * names the columns of the roster whose cell says nothing that may be written.
 * `roster_same` holds the rows that may be a member of the register under a corrected number, and what the clerk said.
 */
const STAGING = `
CREATE TEMP TABLE roster_row (
  ordinal integer, sealed_for uuid, sheet text, row integer, number text, person_number text, name text,
  id_sealed bytea, id_index bytea, id_last_four_index bytea, birth_date date, sex text, has_certificate boolean,
  village_code text, natural_village text, stated_count double precision, relation text, ethnicity text, education text,
  school text, health text[], labour text, work_area text, work_months double precision, critical_insurance boolean,
  status text, category text, main_cause text, dangerous_house boolean, safe_water boolean, water_difficulty boolean,
  per_capita_income_fen bigint, phone_sealed bytea, phone_index bytea, details jsonb,
  unsaid text[], said_status text
);
CREATE TEMP TABLE roster_held (number text PRIMARY KEY);
CREATE TEMP TABLE roster_same (ordinal integer PRIMARY KEY, person_id uuid UNIQUE, same boolean);
CREATE TEMP TABLE roster_problem (
  position integer, sheet text, row integer, column_name text, value text, code text, severity text, household text
);`;

/** The columns of `roster_row` in the order the rows are copied in. */
export const STAGED_COLUMNS = [
  'ordinal',
  'sealed_for',
  'sheet',
  'row',
  'number',
  'person_number',
  'name',
  'id_sealed',
  'id_index',
  'id_last_four_index',
  'birth_date',
  'sex',
  'has_certificate',
  'village_code',
  'natural_village',
  'stated_count',
  'relation',
  'ethnicity',
  'education',
  'school',
  'health',
  'labour',
  'work_area',
  'work_months',
  'critical_insurance',
  'status',
  'category',
  'main_cause',
  'dangerous_house',
  'safe_water',
  'water_difficulty',
  'per_capita_income_fen',
  'phone_sealed',
  'phone_index',
  'details',
  'unsaid',
] as const;

/** Imports are one after the other in a county, and none runs beside an undo or a move between households. */
export const IMPORT_LOCK = 7_302_001;

/** The tables of a comparison, made anew when the register changed since. */
export const COMPARED = 'roster_household, roster_person';

/**
 * Gives `work` a connection with empty staging tables, with no other import beside it. Nothing of the staging is left
 * on the connection afterwards; a connection that cannot be cleaned is not used again.
 */
export async function withStaging<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('SELECT pg_advisory_lock($1)', [IMPORT_LOCK]);
    await client.query(`SET work_mem = '64MB'`);
    await client.query(STAGING);
    return await work(client);
  } finally {
    try {
      await client.query(`DROP TABLE IF EXISTS roster_row, roster_held, roster_same, roster_problem, ${COMPARED}`);
      await client.query('RESET work_mem');
      await client.query('SELECT pg_advisory_unlock($1)', [IMPORT_LOCK]);
      broken = false;
    } catch {
      // The connection is gone, and everything of it with it.
    }
    client.release(broken);
  }
}

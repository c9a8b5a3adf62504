import type { Pool, PoolClient } from '@bangfu/data/pool';
import { IMPORT_LOCK } from '../../../register/import-turn.ts';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../../register/fact-columns.ts';

/**
 * A roster while it is worked on: temporary tables of one connection, gone with it, so a crash leaves nothing behind.
 * They outlast the short transactions they are filled in (adr 0013). `roster_row` holds a row a person, sealed like the
 * register itself for the person `sealed_for`. `status` is the one that will be written; `said_status` the roster's where that is another. `unsaid`
 * names the columns of the roster whose cell says nothing that may be written, `left_empty` the facts of the person that
 * were asked for and left empty, `household_left_empty` those of the household, `aside` the texts of unknown columns.
 * `roster_same` holds the rows that may be a member of the register under a corrected number, and what the clerk said.
 */
const OWN = {
  ordinal: 'integer',
  sealed_for: 'uuid',
  sheet: 'text',
  row: 'integer',
  id_index: 'bytea',
  id_last_four_index: 'bytea',
  birth_date: 'date',
  sex: 'text',
  has_certificate: 'boolean',
  phone_index: 'bytea',
  household_left_empty: 'text[]',
  left_empty: 'text[]',
  aside: 'jsonb',
  unsaid: 'text[]',
} as const;

/** The facts that a roster brings, in columns of their names in the register. */
export const STAGED_FACTS = [...HOUSEHOLD_FACT_COLUMNS, ...PERSON_FACT_COLUMNS].filter(({ from }) => from.length > 0);

const COLUMN_TYPES: readonly (readonly [string, string])[] = [
  ...Object.entries(OWN),
  ...STAGED_FACTS.map(({ column, type }) => [column, type] as const),
];

const STAGING = `
CREATE TEMP TABLE roster_row (${COLUMN_TYPES.map((column) => column.join(' ')).join(', ')}, said_status text);
CREATE TEMP TABLE roster_held (number text PRIMARY KEY);
CREATE TEMP TABLE roster_same (ordinal integer PRIMARY KEY, person_id uuid UNIQUE, same boolean);
CREATE TEMP TABLE roster_problem (
  position integer, sheet text, row integer, column_name text, value text, code text, severity text, household text
);`;

/** The columns of `roster_row` in the order the rows are copied in: those of the row itself, then the facts. */
export const STAGED_COLUMNS = COLUMN_TYPES.map(([column]) => column);

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

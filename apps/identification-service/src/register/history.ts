import type { PoolClient } from '@bangfu/data/pool';
import { HOUSEHOLD_COLUMNS, listOf, PERSON_COLUMNS } from './columns.ts';

/** What replaces a state of households: when, and the import, or the undo of which, or null for a procedure. */
export interface Replacement {
  readonly at: Date;
  readonly importId: string | null;
}

/**
 * Keeps the households `h` that fit the condition with their members as they are now, before a change replaces them.
 * @param condition on `h`, its parameters numbered from $1
 */
export async function keepHistory(
  client: PoolClient,
  condition: string,
  params: readonly unknown[],
  { at, importId }: Replacement,
): Promise<void> {
  const [until, by] = [`$${params.length + 1}::timestamptz`, `$${params.length + 2}::uuid`];
  await client.query(
    `INSERT INTO household_history (${HOUSEHOLD_COLUMNS.join(', ')}, valid_until, replaced_by)
     SELECT ${listOf(HOUSEHOLD_COLUMNS, 'h')}, ${until}, ${by} FROM household h WHERE ${condition}`,
    [...params, at.toISOString(), importId],
  );
  await client.query(
    `INSERT INTO person_history (${PERSON_COLUMNS.join(', ')}, household_version)
     SELECT ${listOf(PERSON_COLUMNS, 'p')}, h.version FROM household h JOIN person p ON p.household_id = h.id
     WHERE ${condition}`,
    [...params],
  );
}

/** Columns of a household that a change to an earlier state leaves as they are. */
const NOT_RESTORED = new Set([
  'id',
  'county_code',
  'number',
  'version',
  'brought_by',
  'brought_version',
  'changed_at',
  'recorded_at',
]);
const RESTORED = HOUSEHOLD_COLUMNS.filter((column) => !NOT_RESTORED.has(column));

/**
 * Puts households back as they were, with their members of then: a new version of each, with the facts of an earlier one.
 * @param given a query of the columns id and version: which households, and which state of each
 */
export async function restoreHistory(client: PoolClient, given: string, at: Date): Promise<void> {
  await client.query(`DELETE FROM person WHERE household_id IN (SELECT id FROM (${given}) given)`);
  await client.query(
    `UPDATE household h SET version = h.version + 1, changed_at = $1::timestamptz,
       ${RESTORED.map((column) => `${column} = o.${column}`).join(', ')}
     FROM (${given}) given JOIN household_history o USING (id, version) WHERE h.id = given.id`,
    [at.toISOString()],
  );
  await client.query(
    `INSERT INTO person (${PERSON_COLUMNS.join(', ')}) SELECT ${listOf(PERSON_COLUMNS, 'o')}
     FROM (${given}) given JOIN person_history o ON o.household_id = given.id AND o.household_version = given.version`,
  );
}

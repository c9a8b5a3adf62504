import type { PoolClient } from '@bangfu/data/pool';
import { DomainError } from '@bangfu/domain/shared/errors';

/**
 * Imports are one after the other in a county, and none runs beside an undo, a change of divisions or a move between
 * households.
 */
export const IMPORT_LOCK = 7_302_001;

/** How long the others wait for an import that is being worked on. */
const LONGEST_WAIT = '15s';
/** PostgreSQL: a lock was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Waits its turn among the imports of the county, until the end of the transaction.
 * @throws DomainError IMPORT_OTHER_RUNNING when another is still being worked on
 */
export async function waitForImports(client: PoolClient): Promise<void> {
  try {
    await client.query(`SET LOCAL lock_timeout = '${LONGEST_WAIT}'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
    await client.query('SET LOCAL lock_timeout = DEFAULT');
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) throw new DomainError('IMPORT_OTHER_RUNNING');
    throw error;
  }
}

import pg from 'pg';

// Counts and fen are bigint in SQL and safe integers here. A value beyond 2^53 is never rounded: it stays a bigint, which
// no contract has, so that its own record cannot be shown and the others of a list can.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
});
// A business day stays text: a Date would shift it into the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** A text as a literal of SQL, where no parameter can stand. */
export const escapeLiteral = (text: string): string => pg.escapeLiteral(text);

/** A name as an identifier of SQL. */
export const escapeIdentifier = (name: string): string => pg.escapeIdentifier(name);

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/**
 * What every session begins with. temp_buffers is taken only by who makes temporary tables, and can no longer be set
 * once a session has had one - a pooled session may have had one before.
 */
const SESSION = '-c timezone=UTC -c search_path=public,platform -c temp_buffers=64MB';

/**
 * A pool on a database; its sessions count time in UTC and see the service's tables before the platform's.
 * @param waitMs how long one waits for a connection when all are taken; without it, for ever
 */
export function openPool(url: string, max = 10, waitMs = 0): Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: waitMs, options: SESSION });
  // An idle connection that dies (the server restarted) is replaced on the next use.
  pool.on('error', () => undefined);
  return pool;
}

/** Runs `work` in one transaction on a connection; any error rolls everything back. `onBroken`: it could not. */
export async function transact<T>(client: PoolClient, work: () => Promise<T>, onBroken = () => {}): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(onBroken);
    throw error;
  }
}

/** Runs `work` in one transaction on a connection of its own; any error rolls everything back. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    return await transact(
      client,
      () => work(client),
      () => {
        broken = true;
      },
    );
  } finally {
    client.release(broken);
  }
}

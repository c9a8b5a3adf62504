import { pgSql } from '@bangfu/events/sql';
import type { OpenTransaction } from './command.ts';
import { inTransaction, type Pool, type PoolClient } from './pool.ts';

/** Opens transactions of set-based SQL on a plain connection, for lists and money: no row passes the typed client. */
export function bulkTransactions(pool: Pool, afterCommit: () => void): OpenTransaction<PoolClient> {
  return async (work) => {
    const result = await inTransaction(pool, (client) => work(client, pgSql(client)));
    afterCommit();
    return result;
  };
}

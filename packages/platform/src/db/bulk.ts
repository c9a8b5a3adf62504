import { pgSql, type Sql } from '@bangfu/data/sql';
import { keyedHash } from '../secrets/keyed-hash.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { OpenTransaction } from './command.ts';
import { inTransaction, type Pool, type PoolClient } from '@bangfu/data/pool';

/**
 * Opens the transactions of a service.
 * @param afterCommit done after each, such as telling the relay that events may wait
 */
export function bulkTransactions(
  pool: Pool,
  { cipher, afterCommit }: { readonly cipher: Cipher; readonly afterCommit: () => void },
): OpenTransaction<PoolClient> {
  const open = async <T>(work: (client: PoolClient, sql: Sql) => Promise<T>) => {
    const result = await inTransaction(pool, (client) => work(client, pgSql(client)));
    afterCommit();
    return result;
  };
  return Object.assign(open, { keyHash: keyedHash(cipher, 'request') });
}

import { pgSql, type Sql } from '@bangfu/data/sql';
import { keyedHash } from '../secrets/keyed-hash.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { OpenTransaction } from './command.ts';
import { inTransaction, type Pool, type PoolClient } from '@bangfu/data/pool';

/** Opens transactions of set-based SQL on a plain connection, for lists and money: no row passes the typed client. */
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

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { QueryResult as PgResult } from 'pg';
import { EMPTY_LISTS } from './empty-lists.ts';
import { inTransaction, type Pool, type PoolClient } from './pool.ts';

/** Where statements are sent: a pool, a connection, or the connection of a transaction. */
interface Statements {
  query(text: string, values: readonly unknown[]): Promise<PgResult>;
}

const unopened = () => Promise.reject(new Error('transactions are opened by typedTransaction'));

/** Typed SQL over tables whose types are generated from their schema; each statement goes to `on` as it is. */
export function typedSql<Tables>(on: Statements): Kysely<Tables> {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, rowCount, command } = await on.query(sql, parameters);
      const changed = command !== 'SELECT' && rowCount !== null ? { numAffectedRows: BigInt(rowCount) } : {};
      return { rows: rows as Row[], ...changed };
    },
    streamQuery: () => {
      throw new Error('rows are read in batches on the connection of a transaction (inBatches)');
    },
  };
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: unopened,
    commitTransaction: unopened,
    rollbackTransaction: unopened,
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
  return new Kysely<Tables>({
    plugins: [EMPTY_LISTS],
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/** What a query may do: it reads. Nothing that writes can be reached from it. */
export type ReadSql<Tables> = Pick<Kysely<Tables>, 'selectFrom' | 'selectNoFrom' | 'fn' | 'dynamic'>;

/** One transaction: typed SQL for records and sets, and its connection for COPY and for reading in batches. */
export interface Transaction<Tables> {
  readonly sql: Kysely<Tables>;
  readonly client: PoolClient;
}

/**
 * Runs `work` in one transaction; any error rolls everything back.
 * @throws Error when a statement is sent by its handle after the end: it would run outside of the transaction
 */
export function typedTransaction<Tables, T>(pool: Pool, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return inTransaction(pool, (client) => typedWithin(client, work));
}

/**
 * Runs `work` as a part of the transaction that is open on a connection.
 * @throws Error when a statement is sent by its handle after the end of `work`
 */
export async function typedWithin<Tables, T>(
  client: PoolClient,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  let isOpen = true;
  const sql = typedSql<Tables>({
    query: (text, values) =>
      isOpen ? client.query(text, [...values]) : Promise.reject(new Error('the transaction has ended')),
  });
  try {
    return await work({ sql, client });
  } finally {
    isOpen = false;
  }
}

import type { QueryResult, QueryResultRow } from 'pg';

/**
 * The little of a database connection that is needed inside a caller's transaction. Parameters are text, numbers, null
 * and arrays of text.
 */
export interface Sql {
  query<R>(text: string, params?: unknown[]): Promise<R[]>;
}

interface PgLike {
  query<R extends QueryResultRow>(text: string, params?: unknown[]): Promise<QueryResult<R>>;
}

/** The port on a connection or pool that typed SQL and COPY can go over too. */
export interface SqlOn<Client> extends Sql {
  readonly client: Client;
}

/** The port on a pg client or pool. On a pool each statement is a transaction of its own. */
export function pgSql<Client extends PgLike>(client: Client): SqlOn<Client> {
  return {
    client,
    query: async <R>(text: string, params: unknown[] = []): Promise<R[]> => {
      const { rows } = await client.query<QueryResultRow>(text, params);
      return rows as R[];
    },
  };
}

import { CompiledQuery } from 'kysely';
import Cursor from 'pg-cursor';
import { unlessLost } from './connection.ts';
import type { PoolClient } from './pool.ts';

/**
 * Reads a compiled query, or a statement with its values, in batches of at most `size` rows, in flat memory and from one moment's state. However the reading
 * ends, by the last row, by `break` or by an error, the connection is free for its next query.
 */
export async function* readBatches<Row>(
  client: PoolClient,
  { sql, parameters }: CompiledQuery<Row>,
  size: number,
): AsyncGenerator<Row[], void> {
  const cursor = client.query(new Cursor<Row>(sql, [...parameters]));
  try {
    for (;;) {
      const rows = await cursor.read(size);
      if (rows.length > 0) yield rows;
      if (rows.length < size) return;
    }
  } finally {
    await unlessLost(client, () => cursor.close());
  }
}

/** The same of a query in text, whose rows are what its caller believes. */
export const inBatches = <Row>(client: PoolClient, sql: string, params: readonly unknown[], size: number) =>
  readBatches<Row>(client, CompiledQuery.raw(sql, [...params]) as CompiledQuery<Row>, size);

import { unlessLost } from './connection.ts';
import Cursor from 'pg-cursor';
import type { PoolClient } from './pool.ts';

/**
 * Reads a query in batches of at most `size` rows, in flat memory and from one moment's state. However the reading
 * ends, by the last row, by `break` or by an error, the connection is free for its next query.
 */
export async function* inBatches<Row>(
  client: PoolClient,
  sql: string,
  params: readonly unknown[],
  size: number,
): AsyncGenerator<Row[], void> {
  const cursor = client.query(new Cursor<Row>(sql, [...params]));
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

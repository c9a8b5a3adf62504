import type { Sql } from '@bangfu/data/sql';
import { typedSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../operations.ts';

type Statements = Parameters<typeof typedSql>[0];

/** Typed SQL within what still takes texts, in the same transaction or by the same pool. */
export const typedOver = (sql: Sql) =>
  typedSql<Tables>({
    query: (async (text, values) => ({
      rows: await sql.query(text, [...values]),
      rowCount: null,
      command: '',
    })) as Statements['query'],
  });

import { type AliasableExpression, type Expression, sql } from 'kysely';

/** The sum of whole numbers, of none 0; PostgreSQL's own is no integer, which the driver gives as a text. */
export const sumOf = (of: Expression<number | null>): AliasableExpression<number> =>
  sql<number>`coalesce(sum(${of}), 0)::bigint`;

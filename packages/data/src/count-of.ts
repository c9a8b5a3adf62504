import { type AliasableExpression, type SelectQueryBuilder, sql } from 'kysely';

/** How many rows a subquery without a selection finds, as a value of the statement around it. */
export const countOf = <Tables, From extends keyof Tables>(
  rows: SelectQueryBuilder<Tables, From, object>,
): AliasableExpression<number> => sql<number>`${rows.select(sql`count(*)`.as('n'))}`;

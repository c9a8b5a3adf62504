import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';

/** Whether a value is one of many: a list is one parameter, however long it is, where `in` takes one for each. */
export const isAnyOf = (
  of: Expression<string | null>,
  values: readonly string[],
  type: 'text' | 'uuid' = 'text',
): RawBuilder<SqlBool> => sql`${of} = any (${[...values]}::${sql.raw(type)}[])`;

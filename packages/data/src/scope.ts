import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';

/** Region prefixes as patterns for `village_code LIKE ANY ($n)`; an empty scope matches nothing. */
export function likeAny(prefixes: readonly string[]): string[] {
  return prefixes.map((prefix) => `${prefix}%`);
}

/** Whether a village's code lies in one of the regions with these prefixes; an empty scope matches nothing. */
export const inRegions = (villageCode: Expression<unknown>, prefixes: readonly string[]): RawBuilder<SqlBool> =>
  sql`${villageCode} like any (${likeAny(prefixes)}::text[])`;

/** Whether an id is one of these; as one value of the statement, however many they are. */
export const amongIds = (id: Expression<unknown>, ids: readonly string[]): RawBuilder<SqlBool> =>
  sql`${id} = any (${[...ids]}::uuid[])`;

const DIGITS = 12;

/**
 * Region prefixes as a condition an index on the villages' codes can answer, which LIKE over a list never is.
 * @param column of village codes
 * @param add takes a value and gives its place in the statement, $n
 */
export function inVillages(column: string, prefixes: readonly string[], add: (value: string) => string): string {
  const ranges = prefixes.map((prefix) =>
    prefix.length === DIGITS
      ? `${column} = ${add(prefix)}`
      : `${column} BETWEEN ${add(prefix.padEnd(DIGITS, '0'))} AND ${add(prefix.padEnd(DIGITS, '9'))}`,
  );
  return ranges.length === 0 ? 'false' : `(${ranges.join(' OR ')})`;
}

/** As `inVillages`, of an expression. */
export const villagesIn = (villageCode: Expression<string>, prefixes: readonly string[]): RawBuilder<SqlBool> =>
  prefixes.length === 0
    ? sql`false`
    : sql`(${sql.join(
        prefixes.map((prefix) =>
          prefix.length === DIGITS
            ? sql`${villageCode} = ${prefix}`
            : sql`${villageCode} between ${prefix.padEnd(DIGITS, '0')} and ${prefix.padEnd(DIGITS, '9')}`,
        ),
        sql` or `,
      )})`;

/** The scope narrowed to what a filter asks for: prefixes that lie in both. */
export function narrow(prefixes: readonly string[], asked: string | undefined): string[] {
  if (asked === undefined) return [...prefixes];
  const within = prefixes.some((prefix) => asked.startsWith(prefix));
  return within ? [asked] : prefixes.filter((prefix) => prefix.startsWith(asked));
}

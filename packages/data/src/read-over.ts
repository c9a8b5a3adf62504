import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ReadSql } from './typed-sql.ts';

/** The rows that a table has in a read: those of a query, kept once for the statement where several parts read them. */
export interface Overlay {
  readonly query: RawBuilder<Record<string, unknown>>;
  readonly isKept?: boolean;
}

/**
 * Reads as `read` does, but each of these tables has the rows of its query: those of another
 * day, for one. Within a query its own name means the stored table, and the names before it mean their queries.
 * @param overlays by name of the table, or of what later ones read from; each with all columns of its table
 */
export function readOver<Tables>(read: ReadSql<Tables>, overlays: Readonly<Record<string, Overlay>>): ReadSql<Tables> {
  // What reads is a whole builder whose writing half is out of reach; the names are added to it and it stays so.
  const creator = Object.entries(overlays).reduce(
    (over, [name, { query, isKept = false }]) =>
      over.with(
        (table) => (isKept ? table(name).materialized() : table(name).notMaterialized()),
        () => sql<Record<string, unknown>>`(${query})`,
      ) as Kysely<Tables>,
    read as Kysely<Tables>,
  );
  return {
    selectFrom: creator.selectFrom.bind(creator),
    selectNoFrom: creator.selectNoFrom.bind(creator),
    fn: read.fn,
    dynamic: read.dynamic,
  };
}

import type { Transaction } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
import type { Tables } from '../operations.ts';

/** Locks persons until the transaction ends: of two classes that take the same one at the same moment, one waits. */
export async function lockPersons(tx: Transaction<Tables>, personIds: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(p, 0))::text from unnest(${[...personIds]}::text[]) as p order by p`.execute(
    tx.sql,
  );
}

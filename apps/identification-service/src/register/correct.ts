import type { Transaction } from '@bangfu/data/typed-sql';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type RawBuilder, sql } from 'kysely';
import type { Tables } from '../operations.ts';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from './fact-columns.ts';
import { keepHistory } from './history.ts';

/** What facts of a record are corrected to, by their keys. */
export interface Corrected {
  readonly subject: 'household' | 'person';
  readonly id: string;
  readonly facts: ReadonlyMap<string, unknown>;
}

/** A fact that has changed. */
interface ChangedFact {
  readonly fact: string;
  readonly personId: string | null;
}

interface Assigned {
  readonly key: string;
  readonly column: string;
  readonly type: string;
  readonly value: unknown;
}

const COLUMNS = { household: HOUSEHOLD_FACT_COLUMNS, person: PERSON_FACT_COLUMNS };

const assigned = ({ subject, facts }: Corrected): Assigned[] =>
  COLUMNS[subject].flatMap(({ key, column, type }) =>
    facts.has(key) ? [{ key, column, type, value: facts.get(key) }] : [],
  );

const valueOf = ({ value, type }: Assigned): RawBuilder<unknown> => sql`${value}::${sql.raw(type)}`;

/**
 * Asserts of a household that from a day on some of its facts, and of its members, are others; its state of before is
 * kept. A fact that was asked for and left empty and has a value now is no longer counted among the empty ones.
 * @returns which have changed; nothing is done when none has
 * @throws DomainError CORRECTION_PERSON when somebody is no member of the household
 */
export async function saveCorrection(
  { sql: write, client }: Transaction<Tables>,
  householdId: string,
  corrections: readonly Corrected[],
  { from, at }: { readonly from: BusinessDay; readonly at: Date },
): Promise<ChangedFact[]> {
  const changes: ChangedFact[] = [];
  const statements: RawBuilder<unknown>[] = [];
  for (const corrected of corrections) {
    const { subject, id } = corrected;
    const given = assigned(corrected);
    const table = sql.table(subject);
    const ofHousehold = subject === 'household' ? sql`id` : sql`household_id`;
    const { rows } = await sql<{ differs: readonly boolean[] }>`
      select array[${sql.join([
        ...given.map((each) => sql`${sql.ref(each.column)} is distinct from ${valueOf(each)}`),
        sql`false`,
      ])}] as differs from ${table} where id = ${id}::uuid and ${ofHousehold} = ${householdId}::uuid`.execute(write);
    demand(rows[0], 'CORRECTION_PERSON');
    const { differs } = rows[0];
    const changed = given.filter((_, index) => differs[index]);
    if (changed.length === 0) continue;
    changes.push(...changed.map(({ key }) => ({ fact: key, personId: subject === 'person' ? id : null })));
    const filled = changed.filter(({ value }) => value !== null).map(({ key }) => key);
    statements.push(sql`
      update ${table} set ${sql.join(changed.map((each) => sql`${sql.ref(each.column)} = ${valueOf(each)}`))},
        left_empty = array(select k from unnest(left_empty) k where k <> all (${filled}::text[])), import_id = null
      where id = ${id}::uuid`);
  }
  if (changes.length === 0) return changes;
  await keepHistory(client, 'h.id = $1::uuid', [householdId], { at, importId: null });
  for (const statement of statements) await statement.execute(write);
  await write
    .updateTable('household as h')
    .set((eb) => ({
      version: eb('h.version', '+', 1),
      valid_from: from,
      changed_at: at,
      import_id: null,
      head_name: eb.fn.coalesce(
        eb
          .selectFrom('person as p')
          .whereRef('p.household_id', '=', 'h.id')
          .where('p.relation', '=', 'head')
          .orderBy('p.row_order')
          .limit(1)
          .select('p.name'),
        'h.head_name',
      ),
    }))
    .where('h.id', '=', householdId)
    .execute();
  return changes;
}

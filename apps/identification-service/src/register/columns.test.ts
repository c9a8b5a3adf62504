import { columnName, FACTS, SQL_TYPES } from '@bangfu/domain/identification/facts/catalogue';
import type { Fact } from '@bangfu/domain/identification/facts/fact';
import { openPool } from '@bangfu/data/pool';
import '@bangfu/testkit/postgres';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { HOUSEHOLD_COLUMNS, PERSON_COLUMNS } from './columns.ts';

/** The columns of the register's tables with their types, as the migrations leave them. */
const tables = new Map<string, Map<string, string>>();

beforeAll(async () => {
  const { migrator } = await migratedDatabase(inject('postgresUrl'), 'identification');
  const pool = openPool(migrator, 1);
  const { rows } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relname IN ('household', 'person', 'household_history', 'person_history') AND c.relkind = 'r'
       AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  await pool.end();
  for (const { table, column, type } of rows) tables.set(table, (tables.get(table) ?? new Map()).set(column, type));
});

const columnsOf = (table: string) => [...(tables.get(table)?.keys() ?? [])].sort();

describe.each([
  ['household', HOUSEHOLD_COLUMNS, ['valid_until', 'replaced_by', 'kept_at']],
  ['person', PERSON_COLUMNS, ['household_version', 'kept_at']],
] as const)('given the register’s table %s', (subject, columns, ofHistory) => {
  it('then it has a column of the right type for each fact of the catalogue', () => {
    const kept = Object.entries<Fact>(FACTS[subject]).filter(
      ([, { kind, derived }]) => !(kind.name === 'region' && derived),
    );
    const wrong = kept.flatMap(([key, fact]) => {
      const type = tables.get(subject)?.get(columnName(key, fact));
      return type === SQL_TYPES[fact.kind.name] ? [] : [`${key}: ${type ?? 'no column'}`];
    });
    expect(wrong).toEqual([]);
  });

  it('then its columns are those that are read and written, and its history has all of them', () => {
    expect(columnsOf(subject)).toEqual(columns.toSorted());
    expect(columnsOf(`${subject}_history`)).toEqual([...columns, ...ofHistory].sort());
    for (const column of columns) {
      expect([column, tables.get(`${subject}_history`)?.get(column)]).toEqual([
        column,
        tables.get(subject)?.get(column),
      ]);
    }
  });
});

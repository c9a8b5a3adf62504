import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@bangfu/testkit/postgres';
import { readBatches } from '@bangfu/data/batches';
import { openPool, type Pool, type PoolClient } from '@bangfu/data/pool';
import { bigint, day, int, listOf, orNull, statement, text, uuid } from '@bangfu/data/statement';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { wrongStatements } from './statements.ts';

const DATA = import.meta.resolve('@bangfu/data/statement');
const folder = mkdtempSync(join(tmpdir(), 'statements-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILE = `import { bigint, day, int, json, listOf, orNull, statement, text, uuid } from '${DATA}';
const made = statement('CREATE TEMPORARY TABLE staged (line integer, code text) ON COMMIT DROP');
export const right = statement('SELECT s.line, s.code FROM staged s WHERE s.code = ANY($1)', {
  takes: [listOf(text())], gives: { line: orNull(int), code: orNull(text()) }, after: [made],
});
export const byNames = { made };
export const otherName = statement('SELECT 1 AS line', { gives: { row: int } });
export const otherType = statement('SELECT count(*) AS count FROM pg_class', { gives: { count: int } });
export const otherParameter = statement('SELECT $1::date AS day', { takes: [text()], gives: { day } });
export const noColumn = statement('SELECT missing FROM pg_class', { gives: { missing: text() } });
`;

describe('given statements in SQL', () => {
  it('when PostgreSQL prepares them, then each that differs from what is declared is named', async () => {
    writeFileSync(join(folder, 'examples.sql.ts'), FILE);
    const { migrator } = await migratedDatabase(inject('postgresUrl'), 'training');
    const wrong = await wrongStatements(migrator, folder);
    expect(wrong.map((each) => each.replace(/^.*\.sql\.ts\./, '')).sort()).toEqual([
      'noColumn: column "missing" does not exist',
      'otherName gives line integer, not row integer',
      'otherParameter takes date, not text',
      'otherType gives count bigint, not count integer',
    ]);
  });

  describe('when they run', () => {
    let pool: Pool;
    let client: PoolClient;
    beforeAll(async () => {
      pool = openPool(inject('postgresUrl'), 1);
      client = await pool.connect();
    });
    afterAll(async () => {
      client.release();
      await pool.end();
    });
    const numbers = statement('SELECT n FROM generate_series(1, $1) n', { takes: [int], gives: { n: int } });

    it('then rows, the one row and the number of rows are had', async () => {
      expect(await numbers.rows(client, 2)).toEqual([{ n: 1 }, { n: 2 }]);
      expect(await numbers.row(client, 1)).toEqual({ n: 1 });
      expect(await numbers.run(client, 3)).toBe(3);
    });

    it('then its rows come in batches', async () => {
      const batches: number[][] = [];
      for await (const batch of readBatches(client, numbers.compile(5), 2)) batches.push(batch.map(({ n }) => n));
      expect(batches).toEqual([[1, 2], [3, 4], [5]]);
    });

    it('then one row is neither none nor two', async () => {
      await expect(numbers.row(client, 0)).rejects.toThrow('one row is expected');
      await expect(numbers.row(client, 2)).rejects.toThrow('one row is expected');
    });

    it('then a column that is never empty is not empty', async () => {
      const declared = (isNullable: boolean) =>
        statement('SELECT NULL::text AS name', { gives: { name: isNullable ? orNull(text()) : text() } });
      expect(await declared(true).rows(client)).toEqual([{ name: null }]);
      await expect(declared(false).rows(client)).rejects.toThrow('column name is declared never to be empty');
    });

    it('then the type checker knows what is taken and given', () => {
      const typed = statement('', { takes: [uuid, listOf(day)], gives: { sum: bigint, state: text<'open'>() } });
      // @ts-expect-error a day is a text
      const wrong = () => typed.rows(client, 'id', [1]);
      const right = async () => (await typed.row(client, 'id', ['2026-01-01'])).state satisfies 'open';
      expect([wrong, right]).toHaveLength(2);
    });
  });
});

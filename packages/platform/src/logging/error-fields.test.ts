import '@bangfu/testkit/postgres';
import express from 'express';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { inTransaction, openPool, type Pool } from '@bangfu/data/pool';
import { requestLog } from '../http/app.ts';
import { problemHandler } from '../http/problem.ts';
import { makeLog } from './log.ts';

/** A person as a row has them: none of it may be in any log. */
const NAME = '欧阳密';
const NUMBER = '211382197001011234';
const ROW = `${NAME} ${NUMBER}`;

/** One way of provoking each class of error that a database answers a row with. */
const FAILING: Readonly<Record<string, string>> = {
  'a number that is none': `SELECT '${ROW}'::integer`,
  'an id that is none': `SELECT '${ROW}'::uuid`,
  'a day that is none': `SELECT '${ROW}'::date`,
  'JSON that is none': `SELECT '{"name": ${ROW}}'::jsonb`,
  'a text too long': `INSERT INTO log_row (short) VALUES ('${ROW}')`,
  'a number too large': `SELECT '${NUMBER}'::bigint::integer`,
  'the same again': `INSERT INTO log_row (name) VALUES ('${ROW}'), ('${ROW}')`,
  'nothing where something must be': `INSERT INTO log_row (name, must) VALUES ('${ROW}', NULL)`,
  'a check': `INSERT INTO log_row (name, age) VALUES ('${ROW}', -1)`,
  'a row of another table': `INSERT INTO log_row (name, of) VALUES ('${ROW}', 42)`,
  'words of a function': `DO $$ BEGIN RAISE EXCEPTION 'not for ${ROW}' USING DETAIL = '${ROW}', HINT = '${ROW}'; END $$`,
  'a value within a function': `DO $$ BEGIN PERFORM '${ROW}'::integer; END $$`,
  'a column that is not there': `SELECT nothing FROM log_row WHERE name = '${ROW}'`,
  'a division': `SELECT 1 / (length('${ROW}') - length('${ROW}'))`,
};

let pool: Pool;
const lines: string[] = [];
const log = makeLog('test', 'debug', { write: (line) => void lines.push(line) });

beforeAll(async () => {
  pool = openPool(inject('postgresUrl'), 1);
  await pool.query('CREATE TABLE log_parent (id integer PRIMARY KEY)');
  await pool.query(`CREATE TABLE log_row (name text PRIMARY KEY DEFAULT 'x', short varchar(3), must text NOT NULL DEFAULT '',
    age integer CHECK (age > 0), of integer REFERENCES log_parent)`);
});
afterAll(async () => {
  await pool.query('DROP TABLE log_row, log_parent');
  await pool.end();
});

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

/** What the log says of something; each line is looked through for the row. */
function logged(write: () => void): string {
  lines.length = 0;
  write();
  const text = lines.join('');
  for (const secret of [NAME, NUMBER, encodeURIComponent(NAME)]) expect(text).not.toContain(secret);
  return text;
}

describe('given a row that is refused', () => {
  it.each(Object.entries(FAILING))(
    'when it is %s, then the log says where and why, and nothing of the row',
    async (_, sql) => {
      const error = await thrownBy(() => pool.query(sql));
      const text = logged(() => log.error({ err: error }, 'refused'));
      expect(JSON.parse(text).err).toMatchObject({ code: (error as { code: string }).code, stack: expect.any(Array) });
      logged(() => log.error({ err: new Error('outer', { cause: error }) }, 'refused'));
      logged(() => log.error({ err: new AggregateError([error], 'several') }, 'refused'));
      const wrapped = Object.assign(new Error('Invalid invocation'), {
        name: 'PrismaClientKnownRequestError',
        message: `Raw query failed: ${String(error)}`,
        meta: { driverAdapterError: error, values: [ROW] },
      });
      logged(() => log.error({ err: wrapped }, 'refused'));
    },
  );

  it('then it is so for rows that are copied, parsed and checked, and for what is no error', async () => {
    const copied = await thrownBy(() =>
      inTransaction(pool, (client) =>
        client.query(`INSERT INTO log_row (age) SELECT unnest(ARRAY['${ROW}'])::integer`),
      ),
    );
    logged(() => log.error({ err: copied }, 'refused'));
    logged(() => log.error({ err: ROW }, 'refused'));
    const parsed = await thrownBy(() => JSON.parse(`{"name": ${ROW}}`));
    logged(() => log.error({ err: parsed }, 'refused'));
    const checked = await thrownBy(() => z.object({ name: z.literal('x') }).parse({ name: ROW }));
    logged(() => log.error({ err: checked }, 'refused'));
  });
});

describe('given a request whose address holds what a person searched for', () => {
  it('when it fails, then the log names the words asked for and not the values', async () => {
    const app = express();
    app.use(requestLog(log));
    app.get('/households', async () => {
      await pool.query(FAILING['an id that is none'] ?? '');
    });
    app.use(problemHandler({}, log));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    lines.length = 0;
    const answer = await fetch(`http://127.0.0.1:${port}/households?search=${encodeURIComponent(NAME)}&limit=5`, {
      headers: { authorization: `Bearer ${NUMBER}`, cookie: NUMBER, 'x-anything': NUMBER },
    });
    expect(answer.status).toBe(500);
    await new Promise((resolve) => server.close(resolve));
    const text = lines.join('');
    for (const secret of [NAME, NUMBER, encodeURIComponent(NAME)]) expect(text).not.toContain(secret);
    expect(text).toContain('/households?search&limit');
  });
});

import '@bangfu/testkit/postgres';
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { ServiceKit } from '../service.ts';
import { type TestService, testService, until } from '../testing/test-service.ts';
import type { EndedJob } from './job.ts';

let world: TestService;
let kit: ServiceKit;
const settled: EndedJob<unknown>[] = [];

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (given) => {
    kit = given;
    const settle = async (_sql: unknown, ended: EndedJob<unknown>) => {
      settled.push(ended);
      return undefined;
    };
    const scopeChoices = `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail`;
    const jobs = { test: { run: async () => null, settle } };
    return { routers: [Router()], messages: {}, jobs, reactions: {}, scopeChoices };
  });
});
afterAll(() => world.stop());

const put = (id: string, state: 'waiting' | 'running', attempts: number) =>
  kit.pool.query(
    `INSERT INTO platform.job (id, county_code, kind, title, account_id, account_name, state, input, created_at, attempts)
     VALUES ($1::uuid, '211382000000', 'test', 't', 'a', 'a', $2, '{"caller": {}, "input": 7}', now(), $3)`,
    [id, state, attempts],
  );
const ended = (id: string) =>
  until('it has ended', async () => {
    const { rows } = await kit.pool.query(
      'SELECT state, problem FROM platform.job WHERE id = $1::uuid AND ended_at IS NOT NULL',
      [id],
    );
    return rows[0];
  });

it('given a job whose process died, when the queue gives it up, then it ends, and its record is given back', async () => {
  const id = randomUUID();
  // The queue has it as failed, and no process is left that could say so to its owner.
  await kit.pool.query(`INSERT INTO pgboss.job (id, name, state) VALUES ($1::uuid, 'work', 'failed')`, [id]);
  await put(id, 'running', 1);
  expect(await ended(id)).toMatchObject({ state: 'failed', problem: { code: 'JOB_GAVE_UP' } });
  expect(settled.splice(0)).toEqual([{ id, input: 7, how: 'failed' }]);
});

it('given a job that has ended its process, when that was the third time, then it is not run once more', async () => {
  const [second, third] = [randomUUID(), randomUUID()];
  await put(second, 'waiting', 2);
  await put(third, 'waiting', 3);
  expect(await ended(second)).toMatchObject({ state: 'done' });
  expect(await ended(third)).toMatchObject({
    state: 'failed',
    problem: { code: 'JOB_GAVE_UP', params: { attempts: 3 } },
  });
  expect(settled.splice(0)).toEqual([{ id: third, input: 7, how: 'failed' }]);
});

import '@bangfu/testkit/postgres';
import { openPool, type Pool } from '@bangfu/data/pool';
import { DomainError } from '@bangfu/domain/shared/errors';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import { TestClock } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../testing/test-service.ts';
import { type RunningSchedules, type Schedule, scheduleStates, startSchedules } from './schedules.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NIGHTLY = '30 1 * * *';
/** A minute before half past one in the county. */
const EVENING = new Date('2026-06-30T17:29:00Z');

let pool: Pool;
/** The clock of the queue can be set by its owner only. */
let owner = '';
let clock: TestClock;
let running: RunningSchedules[] = [];
const ran: string[] = [];

beforeAll(async () => {
  const urls = await migratedDatabase(inject('postgresUrl'), 'training');
  pool = openPool(urls.app, 4);
  const own = new URL(inject('postgresUrl'));
  own.pathname = new URL(urls.app).pathname;
  owner = own.href;
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  const database = openPool(owner, 1);
  await database.query(`DELETE FROM platform.schedule; DELETE FROM pgboss.schedule; DELETE FROM pgboss.job;
    UPDATE pgboss.version SET cron_on = NULL`);
  await database.end();
  ran.length = 0;
});
afterAll(() => pool.end());

const log = { warn: () => undefined, error: () => undefined };
const nightly = (process: string, run: () => Promise<unknown> = async () => undefined): Schedule => ({
  name: 'nightly',
  cron: NIGHTLY,
  run: async () => {
    ran.push(process);
    await run();
  },
});
const start = async (...schedules: readonly Schedule[]) => {
  running.push(await startSchedules({ pool, databaseUrl: owner, schedules, log, clock }));
};
/** Lets the time pass in steps as short as the clock looks, and what begins come to its end. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 15_000) {
    await clock.tick(Math.min(left, 15_000));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const state = async () => (await scheduleStates(pool))[0];
const ended = () =>
  until('the run has ended', async () => {
    const { rows } = await pool.query('SELECT FROM platform.schedule WHERE begun_at <= greatest(done_at, failed_at)');
    return rows.length === 1;
  });

describe('given something that is due at half past one in the county', () => {
  it('when two processes run then, then one of them does it, once, and the next time is the next night', async () => {
    clock = new TestClock(EVENING);
    await start(nightly('first'));
    await start(nightly('second'));
    expect(await state()).toMatchObject({ lastAt: null, nextAt: '2026-06-30T17:30:00.000Z' });
    await pass(15 * MINUTE);
    await ended();
    expect(ran).toHaveLength(1);
    expect(await state()).toMatchObject({
      lastAt: expect.any(String),
      nextAt: '2026-07-01T17:30:00.000Z',
      failedAt: null,
      isFailing: false,
    });
  });

  it('when the machine sleeps over it for three nights, then it is done once when it wakes', async () => {
    clock = new TestClock(EVENING.getTime() + 60 * MINUTE);
    await start(nightly('only'));
    await pass(2 * MINUTE);
    expect(ran).toEqual([]);
    await clock.setTime(EVENING.getTime() + 3 * DAY + 6 * 60 * MINUTE);
    await pass(15 * MINUTE);
    await ended();
    expect(ran).toEqual(['only']);
  });

  it('when no process ran at the time, then the first that starts does it once', async () => {
    clock = new TestClock(EVENING.getTime() - 5 * MINUTE);
    await start(nightly('before'));
    await pass(2 * MINUTE);
    for (const each of running.splice(0)) await each.stop();
    expect(ran).toEqual([]);
    clock = new TestClock(EVENING.getTime() + 2 * DAY + 6 * 60 * MINUTE);
    await start(nightly('after'));
    await pass(15 * MINUTE);
    await ended();
    expect(ran).toEqual(['after']);
  });

  it('when it fails, then the failure is shown by its code until it is done, and it goes on the next night', async () => {
    clock = new TestClock(EVENING);
    let fails = true;
    await start(
      nightly('only', async () => {
        if (fails) throw new DomainError('AMOUNT_NEGATIVE');
      }),
    );
    await pass(15 * MINUTE);
    await ended();
    expect(ran).toHaveLength(1);
    expect(await state()).toMatchObject({ failure: 'AMOUNT_NEGATIVE', isFailing: true });
    fails = false;
    await clock.setTime(EVENING.getTime() + DAY);
    await pass(15 * MINUTE);
    await until('it is done', async () => (await state())?.isFailing === false);
    expect(ran).toHaveLength(2);
    expect(await state()).toMatchObject({ failure: 'AMOUNT_NEGATIVE', failedAt: expect.any(String) });
  });

  it('when a release no longer has it, then it is not due any more', async () => {
    clock = new TestClock(EVENING);
    await start(nightly('before'));
    for (const each of running.splice(0)) await each.stop();
    await start({ ...nightly('after'), name: 'another', cron: '0 5 * * *' });
    await pass(15 * MINUTE);
    expect(ran).toEqual([]);
    expect((await scheduleStates(pool)).map(({ name }) => name)).toEqual(['another']);
  });
});

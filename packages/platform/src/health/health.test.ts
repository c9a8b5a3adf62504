import '@bangfu/testkit/postgres';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openPool, type Pool } from '@bangfu/data/pool';
import { type TestService, testService, until } from '../testing/test-service.ts';
import type { Health } from './health.ts';
import { keptForAMoment } from './kept.ts';

const SOMEBODY = `'211382000000', now(), 'a', 'a', '127.0.0.1', 'r', 'test.acted', 'test', 'one', '{}'`;

let world: TestService;
let database: Pool;
let superuser: Pool;
let free = 10 ** 12;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', (kit) => {
    Object.assign(kit.files, { room: async () => ({ freeBytes: free, isLow: free < 1000 }) });
    const parts = { routers: [Router()], messages: {}, jobs: {}, reactions: {} };
    return {
      ...parts,
      scopeChoices: `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail`,
    };
  });
  database = openPool(world.urls.migrator, 2);
  superuser = openPool(inject('postgresUrl'), 1);
  await world.service.worker.stop();
});
afterAll(async () => {
  await Promise.all([database.end(), superuser.end()]);
  await world.stop();
});

const readiness = async (): Promise<Health & { status: number }> => {
  const answer = await fetch(`${world.baseUrl}/readyz`);
  return { ...((await answer.json()) as Health), status: answer.status };
};
const figure = async (name: string): Promise<number> => {
  const text = await (await fetch(`${world.baseUrl}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
};
const reasonComes = (reason: string) =>
  until(`${reason} is said`, async () => (await readiness()).reasons.includes(reason as never));

describe('given a service in which something is not as it should be', () => {
  it('then its figures are all published, and none is missing', async () => {
    const { facts, status, reasons } = await readiness();
    expect({ status, reasons }).toEqual({ status: 200, reasons: [] });
    const text = await (await fetch(`${world.baseUrl}/metrics`)).text();
    const published = text.match(/^bangfu_\w+(?=\{)/gm) ?? [];
    // Beside them: whether it is ready, and when its schedules begin.
    expect(new Set(published).size).toBe(Object.keys(facts ?? {}).length + 2);
    expect(text).toMatch(/^bangfu_schedule_next_seconds\{schedule="upkeep"[^}]*\} \d{10}/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds/m);
    expect(await figure('bangfu_ready')).toBe(1);
  });

  it('when it is no reason to stop, then it is said by its code, and the service stays in use', async () => {
    free = 10;
    await reasonComes('DISK_LOW');
    expect(await figure('bangfu_disk_free_bytes')).toBe(10);
    await database.query(
      `INSERT INTO platform.parked_event (group_name, place, topic, key, envelope, reason, detail)
       VALUES ('training', 'test/0/1', 'identification.test', 'k', 'none', 'unreadable', 'made by a test')`,
    );
    await reasonComes('EVENTS_PARKED');
    await database.query(
      `INSERT INTO platform.job (id, county_code, kind, title, account_id, account_name, input, created_at, recorded_at)
       VALUES (uuidv7(), '211382000000', 'x', 'x', 'a', 'a', '{}', now(), now() - interval '20 minutes')`,
    );
    await reasonComes('JOBS_LATE');
    // An open transaction holds up seals and events of everybody.
    const open = await database.connect();
    await open.query('BEGIN');
    await open.query('SELECT pg_current_xact_id()');
    await database.query(
      `INSERT INTO platform.audit_entry (id, county_code, at, account_id, account_name, address, request_id, action, record_type, record_id, change, recorded_at)
       VALUES (uuidv7(), ${SOMEBODY}, now() - interval '2 minutes')`,
    );
    await database.query(
      `INSERT INTO platform.outbox_event (id, topic, key, sequence, type, county_code, occurred_at, data, recorded_at)
       VALUES (uuidv7(), 'test.health', 'one', 1, 'test.health.happened.v1', '211382000000', now(), '{}', now() - interval '2 minutes')`,
    );
    await reasonComes('AUDIT_UNSEALED');
    await reasonComes('EVENTS_LATE');
    expect(await figure('bangfu_audit_unsealed_oldest_seconds')).toBeGreaterThan(100);
    expect(await figure('bangfu_events_waiting')).toBe(1);
    expect((await readiness()).status).toBe(200);
    await open.query('ROLLBACK');
    open.release();
    free = 10 ** 12;
    await database.query('DELETE FROM platform.parked_event');
    await database.query('DELETE FROM platform.job');
    await until('all is well again', async () => (await readiness()).reasons.length === 0);
  });

  it('when its database is away, then it is not ready; it is again when the database is back', async () => {
    const name = new URL(world.urls.app).pathname.slice(1);
    await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await until('it is not ready', async () => (await readiness()).status === 503);
    expect(await readiness()).toMatchObject({ ready: false, reasons: ['DATABASE_UNAVAILABLE'], facts: null });
    expect(await figure('bangfu_ready')).toBe(0);
    await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await until('it is ready again', async () => (await readiness()).status === 200);
  });
});

describe('given a question that anybody may ask', () => {
  it('when it is asked a thousand times at once, then it is worked on once', async () => {
    let asked = 0;
    const ask = keptForAMoment(async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { ready: true };
    });
    await Promise.all(Array.from({ length: 1000 }, () => ask()));
    await ask();
    expect(asked).toBe(1);
  });
});

import '@bangfu/testkit/postgres';
import { type Request, type Response, Router } from 'express';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ServiceKit } from '../service.ts';
import { sendRows } from '../spreadsheet/send-rows.ts';
import { type TestService, testService, until } from '../testing/test-service.ts';
import { inBatches } from '@bangfu/data/batches';
import { asLongWork, LIMITS } from '@bangfu/data/limits';
import { typedTransaction } from '@bangfu/data/typed-sql';
import { inTransaction, openPool, openServicePool, type Pool } from '@bangfu/data/pool';

const ROWS = 'SELECT n, repeat($1, 1000) AS text FROM generate_series(1, 100000) n';
const WAITING = 'SELECT pg_sleep(60)';

/** Everything the kit lends connections by, each with a place in the middle of its work. */
const KINDS: Readonly<Record<string, (kit: ServiceKit, middle: () => Promise<void>, response: Response) => unknown>> = {
  'a statement that runs': (kit, middle) => Promise.all([kit.pool.query(WAITING), middle()]),
  'a statement of a reader that runs': (kit, middle) => Promise.all([kit.readPool.query(WAITING), middle()]),
  'typed SQL in a transaction': (kit, middle) =>
    typedTransaction<{ one: { n: number } }, void>(kit.pool, async ({ sql }) => {
      await sql.selectNoFrom((eb) => eb.lit(1).as('n')).execute();
      await middle();
      await sql.selectNoFrom((eb) => eb.lit(1).as('n')).execute();
    }),
  'a transaction between two statements': (kit, middle) =>
    inTransaction(kit.pool, async (client) => {
      await client.query('SELECT pg_current_xact_id()');
      await middle();
      await client.query('SELECT 1');
    }),
  'a transaction that commits': (kit, middle) =>
    inTransaction(kit.pool, async (client) => {
      await client.query('SELECT pg_current_xact_id()');
      await middle();
    }),
  'a transaction whose statement runs': (kit, middle) =>
    inTransaction(kit.pool, (client) => Promise.all([client.query(WAITING), middle()])),
  'a transaction for lists and money': (kit, middle) =>
    kit.bulk(async (_client, sql) => {
      await sql.query('SELECT pg_current_xact_id()::text');
      await middle();
      await sql.query('SELECT 1');
    }),
  'a transaction of long work': (kit, middle) =>
    asLongWork(() =>
      kit.bulk(async (_client, sql) => {
        await sql.query('SELECT pg_current_xact_id()::text');
        await middle();
        await sql.query('SELECT 1');
      }),
    ),
  'rows read in batches': (kit, middle) =>
    inTransaction(kit.pool, async (client) => {
      for await (const rows of inBatches<{ n: number }>(client, ROWS, ['x'], 10)) {
        if (rows[0]?.n === 11) await middle();
      }
    }),
  'rows read in batches and left': (kit, middle) =>
    inTransaction(kit.pool, async (client) => {
      for await (const rows of inBatches<{ n: number }>(client, ROWS, ['x'], 10)) {
        if (rows.length > 0) break;
      }
      for await (const rows of inBatches<{ n: number }>(client, ROWS, ['x'], 10)) {
        if (rows.length === 0) continue;
        await middle();
        break;
      }
      await client.query('SELECT 1');
    }),
  'a file before its first row': async (kit, middle, response) => {
    await middle();
    const file = {
      name: 'rows',
      format: 'csv',
      sheetName: 'rows',
      columns: [{ header: 'n', kind: 'number' }],
    } as const;
    await sendRows<{ n: number }>(kit.filePool, response, file, { sql: ROWS, params: ['x'] }, ({ n }) => [n]);
  },
};

let world: TestService;
let superuser: Pool;
/** What a handler waits for in its middle. */
let goOn = Promise.withResolvers<void>();
let reached = Promise.withResolvers<void>();
let withMiddle = true;

beforeAll(async () => {
  const build = (kit: ServiceKit) => {
    const router = Router();
    router.get('/lost/:kind', async (request: Request<{ kind: string }>, response: Response) => {
      const middle = async () => {
        if (!withMiddle) return;
        reached.resolve();
        await goOn.promise;
      };
      await KINDS[request.params.kind]?.(kit, middle, response);
      if (!response.headersSent) response.json({});
    });
    const parts = { routers: [router], messages: {}, jobs: {}, reactions: {} };
    return {
      ...parts,
      scopeChoices: `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail`,
    };
  };
  world = await testService(inject('postgresUrl'), 'training', build);
  superuser = openPool(inject('postgresUrl'), 1);
});
afterAll(async () => {
  await world.stop();
  await superuser.end();
});

/** Ends every session of the service's database from the server's side. */
async function endAllSessions(): Promise<void> {
  await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    new URL(world.urls.app).pathname.slice(1),
  ]);
}

async function isSleeping(): Promise<boolean> {
  const { rowCount } = await superuser.query(
    `SELECT FROM pg_stat_activity WHERE datname = $1 AND query = $2 AND state = 'active'`,
    [new URL(world.urls.app).pathname.slice(1), WAITING],
  );
  return rowCount === 1;
}

const call = (kind: string) => fetch(`${world.baseUrl}/api/training/lost/${encodeURIComponent(kind)}`);

describe('given a connection that is lost', () => {
  it.each(Object.keys(KINDS).filter((kind) => !kind.startsWith('a file')))(
    'when it is in the middle of %s, then this call says so, the process lives, and the next call succeeds',
    async (kind) => {
      [goOn, reached, withMiddle] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), true];
      const answering = call(kind);
      await reached.promise;
      if (kind.includes('runs')) await until('the statement runs', isSleeping);
      await endAllSessions();
      // The loss is noticed by the driver before the work goes on.
      await new Promise((resolve) => setTimeout(resolve, 30));
      goOn.resolve();
      const answer = await answering;
      expect(await answer.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      if (kind.includes('runs')) return;
      withMiddle = false;
      expect((await call(kind)).status).toBe(200);
    },
  );

  it('when all have been lost many times over, then relay, sealer, consumer and job queue work on their own again', async () => {
    for (let round = 0; round < 3; round++) await endAllSessions();
    await until('it is ready', async () => (await fetch(`${world.baseUrl}/readyz`)).ok);
    const pool = openPool(world.urls.app, 1);
    await pool.query(
      `INSERT INTO platform.audit_entry (id, county_code, at, account_id, account_name, address, request_id, action, record_type, record_id, change)
       VALUES (uuidv7(), '211382000000', now(), 'a', 'a', '127.0.0.1', 'r', 'test.acted', 'test', 'one', '{}')`,
    );
    await pool.query(
      `INSERT INTO platform.outbox_event (id, topic, key, sequence, type, county_code, occurred_at, data)
       VALUES (uuidv7(), 'test.lost', 'one', 1, 'test.lost.happened.v1', '211382000000', now(), '{}')`,
    );
    await until('what was written is sealed and sent', async () => {
      const { rows } = await pool.query<{ ok: boolean }>(
        `SELECT EXISTS (SELECT FROM platform.audit_seal) AND EXISTS (SELECT FROM platform.relay_position) AS ok`,
      );
      return rows[0]?.ok;
    });
    await pool.end();
  });
});

describe('given the limits of a session', () => {
  const short = { ...LIMITS.request, statementMs: 300, idleMs: 300, lockMs: 200, waitMs: 300 };
  const named = (pool: Pool, name: string) =>
    pool.query<{ value: string }>('SELECT current_setting($1) AS value', [name]).then(({ rows }) => rows[0]?.value);

  it('then requests and long work have those of their kind', async () => {
    const pool = openServicePool(world.urls.app, 1);
    expect(await named(pool, 'statement_timeout')).toBe('1min');
    expect(await named(pool, 'idle_in_transaction_session_timeout')).toBe('1min');
    expect(await named(pool, 'lock_timeout')).toBe('20s');
    expect(await asLongWork(() => named(pool, 'statement_timeout'))).toBe('15min');
    expect(await asLongWork(() => named(pool, 'idle_in_transaction_session_timeout'))).toBe('1min');
    await pool.end();
  });

  it('when a transaction does nothing, then it is ended and the events of the others flow again', async () => {
    const pool = openPool(world.urls.app, 1, short);
    const idle = await pool.connect();
    // Listened to at once: on a busy machine it may be over before the other row is written.
    const ended = new Promise<void>((resolve) => idle.on('end', resolve));
    await idle.query('BEGIN');
    await idle.query('SELECT pg_current_xact_id()');
    const others = openPool(world.urls.app, 1);
    await others.query(
      `INSERT INTO platform.audit_entry (id, county_code, at, account_id, account_name, address, request_id, action, record_type, record_id, change)
       VALUES (uuidv7(), '211382000000', now(), 'a', 'a', '127.0.0.1', 'r', 'test.acted', 'test', 'two', '{}')`,
    );
    await ended;
    await until('the other’s row is sealed', async () => {
      const { rows } = await others.query<{ open: number }>(
        `SELECT count(*)::int AS open FROM platform.audit_entry e
         WHERE NOT EXISTS (SELECT FROM platform.audit_seal s WHERE s.entry_id = e.id)`,
      );
      return rows[0]?.open === 0;
    });
    await expect(idle.query('SELECT 1')).rejects.toMatchObject({ code: '08006' });
    idle.release();
    await Promise.all([pool.end(), others.end()]);
  });

  it('when a statement, a lock or a connection is waited for too long, then the error says which by its code', async () => {
    const pool = openPool(world.urls.app, 1, short);
    await expect(pool.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    const holder = openPool(world.urls.app, 1);
    const held = await holder.connect();
    await held.query('SELECT pg_advisory_lock(42)');
    await expect(pool.query('SELECT pg_advisory_lock(42)')).rejects.toMatchObject({ code: '55P03' });
    await held.query('SELECT pg_advisory_unlock(42)');
    held.release();
    const taken = await pool.connect();
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'POOL_BUSY' });
    taken.release();
    await Promise.all([pool.end(), holder.end()]);
  });

  it('when the server is not there, then the error has a code', async () => {
    const pool = openPool('postgresql://nobody:x@127.0.0.1:1/none', 1, short);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await pool.end();
  });
});

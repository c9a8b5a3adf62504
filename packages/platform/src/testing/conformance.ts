import { join } from 'node:path';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call } from '@bangfu/contracts/core/client';
import { BOUND_KINDS, type BoundKind, everyService } from '@bangfu/contracts/core/every-service';
import { fullPath, type ServiceName } from '@bangfu/contracts/core/operation';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openPool } from '@bangfu/data/pool';
import { forgetOldKeys } from '../db/upkeep.ts';
import { encodeCursor } from '../http/page.ts';
import { GATEWAY_KEEP_ALIVE_MS } from '../http/server.ts';
import type { DeclaredRegions } from '../regions/region-columns.ts';
import { SealBroken, sealedColumn } from '../secrets/cipher.ts';
import { type SealedPlace, sealedPlaces } from '../secrets/sealed-places.ts';
import type { ServedPolicies, ServiceKit, ServiceParts } from '../service.ts';
import { ROLES } from '@bangfu/domain/shared/roles';
import { edgeRequests, filledWith, valueOf } from './all-operations.ts';
import { validValue } from './valid-input.ts';
import { jobFaults, type JobScenes } from './job-faults.ts';
import { policyFaults } from './policy-faults.ts';
import { undeclaredVerdicts } from './verdict-faults.ts';
import { putSealedPair, sealedOf, setSealed } from './sealed-rows.ts';
import { regionFaults } from './region-faults.ts';
import { wrongRegionColumns } from './region-columns.ts';
import { readBy } from './reports.ts';
import { wrongStatements } from './statements.ts';
import { grant, type TestService, testService, until } from './test-service.ts';

const PLATFORM = { role: 'system-administrator', scope: { kind: 'platform' } } as const;
const NOTHING = z.object({});
const SOMETHING = '01a20468-32ad-7d75-9ac5-f964ab1f0142';

/**
 * What every service must do alike, whatever it is for; one suite for all five.
 * @param scenes how each kind of job the service has is ordered
 */
export function serviceConformance(
  serverUrl: () => string,
  name: ServiceName,
  build: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>,
  scenes: JobScenes = {},
): void {
  if (Object.keys(scenes).length > 0) jobFaults(serverUrl, name, build, scenes);
  describe(`given the ${name} service on a database of its own`, () => {
    let world: TestService;
    let jobKinds: string[] = [];
    let kit: ServiceKit;
    let policies: ServedPolicies | undefined;
    let regions: DeclaredRegions | undefined;
    const own = ALL_OPERATIONS.filter((op) => op.owner === name);
    const ops = everyService(name);

    beforeAll(async () => {
      world = await testService(serverUrl(), name, async (given) => {
        kit = given;
        const parts = await build(given);
        jobKinds = Object.keys(parts.jobs);
        policies = parts.policies;
        regions = parts.regions;
        return parts;
      });
    });
    afterAll(() => world.stop());

    const ask = (method: string, path: string, init: RequestInit = {}) =>
      fetch(`${world.baseUrl}${path.replace(/\{\w+\}/g, SOMETHING)}`, { method, ...init });
    const inDatabase = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    };

    it('when its document is read without an account, then it describes exactly the operations of the contracts', async () => {
      const document = (await (await ask('GET', `/api/${name}/openapi.json`)).json()) as {
        paths: Record<string, object>;
      };
      const described = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      expect(described.sort()).toEqual(own.map((op) => `${op.method} ${fullPath(op)}`).sort());
    });

    it('then PostgreSQL knows each of its statements in SQL as it is declared', async () => {
      const { migrator } = await migratedDatabase(serverUrl(), name);
      expect(await wrongStatements(migrator, join(process.cwd(), 'src'))).toEqual([]);
    });

    it('then each of its columns of divisions either follows their changes or keeps what was written', async () => {
      const { migrator } = await migratedDatabase(serverUrl(), name);
      const declared = regions ?? { current: [], own: [], asThen: [], unrelated: [] };
      expect(await wrongRegionColumns(migrator, declared)).toEqual([]);
    });

    it('when divisions are merged, split and renamed, then each row is where it belongs, and none is lost', async () => {
      const own = new URL(serverUrl());
      own.pathname = new URL((await migratedDatabase(serverUrl(), name)).migrator).pathname;
      expect(await regionFaults(own.href, regions ?? { current: [], own: [], asThen: [], unrelated: [] })).toEqual([]);
    });

    it('then each kind of job it has is tried with every fault', () => {
      expect(Object.keys(scenes).sort()).toEqual(jobKinds.sort());
    });

    it('then each of its policies refuses what it must, and counts from its day on by two hands', async () => {
      if (policies) await policyFaults(world, policies.declared);
    }, 60_000);

    it('then it says of each policy where its verdicts are kept, and of each column that keeps a version of which', async () => {
      if (policies) expect(await undeclaredVerdicts(world.urls.app, policies)).toEqual([]);
    });

    it('when a connection lies idle, then the gateway lets go of it before the service does', () => {
      expect(world.service.server.keepAliveTimeout).toBeGreaterThan(GATEWAY_KEEP_ALIVE_MS);
    });

    it('when nobody is signed in, then everything not public answers 401 with a problem in Chinese', async () => {
      for (const op of own.filter((each) => each.access !== 'public')) {
        const answer = await ask(op.method, fullPath(op));
        expect(`${op.id} ${answer.status}`).toBe(`${op.id} 401`);
        expect(await answer.json()).toMatchObject({
          code: 'NOT_SIGNED_IN',
          title: '尚未登录，或登录已过期，请重新登录',
        });
      }
    });

    it('when someone without the role calls, then it answers 403 before the body is read', async () => {
      const nobody = world.as('nobody');
      for (const op of own.filter(({ access }) => access !== 'public' && access !== 'signed-in')) {
        const answer = await nobody.fetch?.(`${world.baseUrl}${fullPath(op).replace(/\{\w+\}/g, SOMETHING)}`, {
          method: op.method,
          ...(op.method === 'GET' ? {} : { body: 'not json', headers: { 'content-type': 'application/json' } }),
        });
        expect(`${op.id} ${answer?.status}`).toBe(`${op.id} 403`);
      }
    });

    it('when a text or a key is such as no database takes, then it is refused and named', async () => {
      const admin = world.as('admin', { role: 'system-administrator', scope: { kind: 'platform' } });
      const [kind] = Object.keys(BOUND_KINDS) as BoundKind[];
      const withNul = call(admin, ops.listScopeChoices, { query: { kind: kind ?? 'entity', search: 'a\0b' } });
      await expect(withNul).rejects.toMatchObject({
        problem: { status: 400, code: 'INVALID_INPUT', errors: [{ path: 'search' }] },
      });
      const auditor = world.as('auditor', grant('auditor'));
      const forged = call(auditor, ops.listAudit, { query: { cursor: encodeCursor(undefined, ['no number']) } });
      await expect(forged).rejects.toMatchObject({ problem: { status: 400, code: 'CURSOR_INVALID' } });
      const ofOtherOrder = call(auditor, ops.listAudit, { query: { cursor: encodeCursor('at', ['1']) } });
      await expect(ofOtherOrder).rejects.toMatchObject({ problem: { status: 400, code: 'CURSOR_OF_OTHER_ORDER' } });
      const input = { params: { jobId: SOMETHING }, body: {}, idempotencyKey: 'k'.repeat(201) };
      await expect(call(admin, ops.cancelJob, input)).rejects.toMatchObject({
        problem: { status: 400, code: 'KEY_INVALID' },
      });
    });

    it('when any number, day or text is at an edge, then it is taken or refused in words, and every list answers', async () => {
      const everyone = world.as('everyone', ...ROLES.map((role) => grant(role)), PLATFORM);
      const wrong: string[] = [];
      for (const { op, params, query, body } of edgeRequests(own)) {
        const address = `${world.baseUrl}${filledWith(op, params)}${query && `?${query}`}`;
        const answer = await everyone.fetch?.(address, {
          method: op.method,
          headers: { ...everyone.headers?.(), 'content-type': 'application/json' },
          ...(op.method !== 'GET' && { body: JSON.stringify(body) }),
        });
        const text = (await answer?.text()) ?? '';
        if (!answer || answer.status >= 500 || /SELECT|node_modules|\.ts:\d/.test(text)) {
          wrong.push(`${op.id} ${query} ${JSON.stringify(body)}: ${answer?.status} ${text.slice(0, 200)}`);
        }
      }
      for (const op of own.filter((each) => each.method === 'GET' && !each.params && !each.answers)) {
        const answer = await everyone.fetch?.(`${world.baseUrl}${fullPath(op)}`, {
          headers: everyone.headers?.() ?? {},
        });
        if (!answer || answer.status >= 500) wrong.push(`${op.id} afterwards: ${answer?.status}`);
        await answer?.body?.cancel();
      }
      expect(wrong).toEqual([]);
    }, 120_000);

    it('when the position of a list is forged, then every list refuses it in words', async () => {
      const everyone = world.as('everyone', ...ROLES.map((role) => grant(role)), PLATFORM);
      const paged = own.filter((op) => op.query && 'cursor' in fieldsOf(defOf(op.query)));
      const wrong: string[] = [];
      for (const op of paged) {
        for (const key of ['\0', '\ud800', 'no key', '9'.repeat(300), '', '\u202e']) {
          for (let keys = 1; keys <= 5; keys++) {
            const query = { ...valueOf(op.query), cursor: encodeCursor(undefined, Array<string>(keys).fill(key)) };
            const path = `${filledWith(op, valueOf(op.params))}?${new URLSearchParams(query).toString()}`;
            const answer = await everyone.fetch?.(`${world.baseUrl}${path}`);
            if (!answer || answer.status >= 500)
              wrong.push(`${op.id} ${JSON.stringify(key)} × ${keys}: ${answer?.status}`);
            await answer?.body?.cancel();
          }
        }
      }
      expect(wrong).toEqual([]);
    });

    it('when an event is parked, then the administrator sees why, and another try takes in what can be', async () => {
      const admin = world.as('admin', { role: 'system-administrator', scope: { kind: 'platform' } });
      await inDatabase(world.urls.app, (client) =>
        client.query(
          `INSERT INTO platform.parked_event (group_name, place, topic, key, envelope, reason, detail)
           VALUES ($1, 'test/0/1', 'identification.test', $2, 'no envelope', 'unreadable', 'made by a test')`,
          [name, SOMETHING],
        ),
      );
      const { rows, total } = await call(admin, ops.listParkedEvents, {});
      expect({ rows, total }).toMatchObject({ total: 1, rows: [{ key: SOMETHING, reason: 'unreadable', type: null }] });
      expect(await call(admin, ops.redriveEvents, { body: {} })).toEqual({ applied: 0, remaining: 1 });
      await inDatabase(world.urls.app, (client) => client.query('DELETE FROM platform.parked_event'));
      const { total: acts } = await call(world.as('auditor', grant('auditor')), ops.listAudit, {
        query: { action: `${name}.events.redriven` },
      });
      expect(acts).toBe(1);
    });

    it('when keys of acts are older than anybody repeats them, then they are forgotten and the others kept', async () => {
      await inDatabase(world.urls.app, (client) =>
        client.query(
          `INSERT INTO platform.idempotency_key (account_id, key, operation, request_hash, status, county_code, recorded_at)
           SELECT 'old-keys', days, 'x', 'x', 200, 'x', now() - make_interval(days => days) FROM unnest(ARRAY[1, 80, 91, 400]) days`,
        ),
      );
      const pool = openPool(world.urls.app, 1);
      expect(await forgetOldKeys(pool)).toBe(2);
      await pool.end();
    });

    it('when an administrator asks what a grant can be bound to, then its own kinds answer and nobody else’s', async () => {
      const admin = world.as('admin', { role: 'system-administrator', scope: { kind: 'platform' } });
      for (const kind of Object.keys(BOUND_KINDS) as BoundKind[]) {
        const { rows } = await call(admin, ops.listScopeChoices, { query: { kind } });
        expect(rows.every((row) => row.kind === kind && BOUND_KINDS[kind] === name)).toBe(true);
        expect((await call(admin, ops.listScopeChoices, { query: { kind, id: SOMETHING } })).rows).toEqual([]);
      }
    });

    it('when the application role changes an audit row, then the database refuses', async () => {
      for (const table of ['platform.audit_entry', 'platform.audit_seal', 'platform.outbox_event']) {
        await expect(inDatabase(world.urls.app, (client) => client.query(`DELETE FROM ${table}`))).rejects.toThrow(
          /permission denied/,
        );
      }
    });

    it('when people read by the role of reports, then they see its views alone and nothing secret in them', async () => {
      const { views, wrong } = await readBy(world.urls.report ?? '');
      expect(wrong).toEqual([]);
      expect(views.length).toBeGreaterThan(5);
    });

    it('when the read-only role writes anything, then the database refuses', async () => {
      await inDatabase(world.urls.read, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'platform', 'pgboss')`,
        );
        expect(rows.length).toBeGreaterThan(5);
        for (const { name: table } of rows) {
          await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
        }
      });
    });

    it('when sealed values are moved, cut off or altered in any column, then the verification names each place', async () => {
      const auditor = world.as('auditor', grant('auditor'));
      const own = new URL(serverUrl());
      own.pathname = new URL(world.urls.migrator).pathname;
      await inDatabase(own.href, async (client) => {
        await client.query('SET search_path = public, platform');
        const all = await sealedPlaces(kit.pool);
        const { rows: named } = await client.query(
          `SELECT 1 FROM information_schema.columns WHERE table_schema IN ('public', 'platform') AND column_name LIKE '%\\_sealed'`,
        );
        expect(all.length).toBe(named.length);
        const places = all.filter(({ column }) => column.table !== 'kept_secret');
        const broken = async () => (await call(auditor, ops.verifyAudit, {})).broken;
        const byTable = Map.groupBy(places, ({ relation }) => relation);
        const pairs = new Map<string, readonly [string, string]>();
        for (const [relation, all] of byTable) {
          pairs.set(relation, await putSealedPair(client, kit.cipher, all as [SealedPlace], 1));
        }
        expect(await broken()).toEqual([]);
        for (const place of places) {
          const records = pairs.get(place.relation) ?? ['', ''];
          const { column } = place;
          const [one, two] = [await sealedOf(client, place, records[0]), await sealedOf(client, place, records[1])];
          const flipped = Buffer.from(one);
          flipped[one.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
          const elsewhere = kit.cipher.seal(sealedColumn('elsewhere', 'value_sealed'), records[0], 'secret');
          const first = Buffer.concat([Buffer.from([1, 1]), one.subarray(5)]);
          for (const [what, forged] of Object.entries({
            'of another record': two,
            'of another table': elsewhere,
            'cut off': one.subarray(0, -1),
            'with a short tag': one.subarray(0, 5 + 12 + 4),
            'with another bit': flipped,
            'in the first form': first,
            nothing: Buffer.alloc(0),
          })) {
            await setSealed(client, place, records[0], forged);
            const named = { what: `sealed value ${column.table}.${column.column}`, id: records[0], at: '' };
            expect(await broken(), `${column.table}.${column.column} ${what}`).toEqual([named]);
            expect(() => kit.cipher.open(column, records[0], forged)).toThrow(SealBroken);
          }
          await setSealed(client, place, records[0], one);
        }
        for (const relation of byTable.keys()) await client.query(`DELETE FROM ${relation}`);
      });
    });

    it('when one value of the audit log is changed, then the verification names the place', async () => {
      const auditor = world.as('auditor', grant('auditor'));
      await inDatabase(world.urls.app, (client) =>
        client.query(
          `INSERT INTO platform.audit_entry (id, county_code, at, account_id, account_name, address, request_id, action, record_type, record_id, change)
           VALUES ($1::uuid, '211382000000', now(), 'a', 'a', '127.0.0.1', 'r', 'test.acted', 'test', 'one', '{"amountFen": 100}')`,
          [SOMETHING],
        ),
      );
      await until('the row is sealed', async () =>
        (await call(auditor, ops.verifyAudit, {})).unsealed === 0 ? true : null,
      );
      expect((await call(auditor, ops.verifyAudit, {})).broken).toEqual([]);
      await inDatabase(world.urls.migrator, (client) =>
        client.query(`UPDATE platform.audit_entry SET change = '{"amountFen": 101}' WHERE id = $1::uuid`, [SOMETHING]),
      );
      const { broken } = await call(auditor, ops.verifyAudit, {});
      expect(broken).toEqual([expect.objectContaining({ what: 'audit entry changed', id: SOMETHING })]);
    });

    it('when the connections of acts end in their transactions, then each act says so in words, and the next are served', async () => {
      const everyone = world.as('everyone', ...ROLES.map((role) => grant(role)), PLATFORM);
      const acts = own.filter((op) => op.method !== 'GET' && !op.upload && !op.answers);
      const database = new URL(world.urls.app).pathname.slice(1);
      const holder = openPool(world.urls.migrator, 1);
      const superuser = openPool(serverUrl(), 1);
      const held = await holder.connect();
      await held.query('BEGIN');
      // Every act claims its key first.
      await held.query('LOCK TABLE platform.idempotency_key IN ACCESS EXCLUSIVE MODE');
      const act = async (op: (typeof acts)[number]) => {
        const answer = await everyone.fetch?.(`${world.baseUrl}${filledWith(op, valueOf(op.params))}`, {
          method: op.method,
          headers: { 'content-type': 'application/json', 'idempotency-key': `lost-${op.id}` },
          body: JSON.stringify(validValue(op.body ?? NOTHING) ?? {}),
        });
        const { code } = ((await answer?.json().catch(() => null)) ?? {}) as { code?: string };
        return { id: op.id, status: answer?.status, code };
      };
      const answers: Awaited<ReturnType<typeof act>>[] = [];
      for (let begin = 0; begin < acts.length; begin += 8) {
        let open = true;
        const asked = Promise.all(acts.slice(begin, begin + 8).map(act)).finally(() => {
          open = false;
        });
        while (open) {
          await new Promise((resolve) => setTimeout(resolve, 60));
          await superuser.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
            [database],
          );
        }
        answers.push(...(await asked));
      }
      await held.query('ROLLBACK');
      held.release();
      await Promise.all([holder.end(), superuser.end()]);
      const lost = answers.filter(({ status }) => (status ?? 500) >= 500);
      expect(lost.filter(({ code }) => code !== 'DATABASE_UNAVAILABLE')).toEqual([]);
      expect(lost.length).toBeGreaterThan(0);
      for (const op of acts) expect((await act(op)).status, op.id).toBeLessThan(500);
    }, 60_000);
  });
}

import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { changeCadre, CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import {
  assignHelper,
  endPairing,
  getPairing,
  handOverHousehold,
  listPairings,
} from '@bangfu/contracts/pairing/pairings';
import type { ServiceParts } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { contentNow } from '../../testing/policy.ts';
import { buildPairing } from '../../app.ts';
import { type FedHousehold, feedHouseholds, feedRegions, withdrawHouseholds } from '../../testing/register.ts';

let world: TestService;
let parts: ServiceParts;
let office: Connection;
let households: FedHousehold[];
/** Helpers by id, the order in which commands lock them. */
let helpers: string[];

const refusal = (status: number, code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, code }) });
const household = (i: number) => households[i]?.id ?? '';
const helper = (i: number) => helpers[i] ?? '';
const pair = (householdId: string, helperId: string) =>
  call(office, assignHelper, { params: { householdId }, body: { helperId, from: '2026-03-02' } });
const loadOf = async (id: string) => {
  const { rows } = await call(office, listCadres, { query: { limit: 500 } });
  return rows.find((cadre) => cadre.id === id)?.households;
};

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', (kit) => {
    parts = buildPairing(kit);
    return parts;
  });
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
  households = await feedHouseholds(world.urls.app, 4);
  const list = '单位,姓名,职级\n水利局,水一,正职\n水利局,水二,正职\n水利局,水三,一般干部\n水利局,水四,一般干部\n';
  await callJob(office, importCadres, CadreImportReport, {
    query: { name: '名单.csv', commit: 'true' },
    body: Buffer.from(list),
  });
  const { rows } = await call(office, listCadres, {});
  const idsOf = (rank: string) => rows.filter((cadre) => cadre.rank === rank).map(({ id }) => id);
  helpers = [...idsOf('township-department-head').sort(), ...idsOf('staff').sort()];
});
afterAll(() => world.stop());

/** Runs with a connection inside a transaction of its own, as another command's. */
async function beside<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    await client.query('BEGIN');
    return await work(client);
  } finally {
    await client.end();
  }
}

const waiting = (client: pg.Client, count: number) =>
  until(`${count} commands wait for a lock`, async () => {
    // Within a transaction the view else stays as it was first seen.
    await client.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return Number(rows[0]?.n) === count;
  });

describe('commands at once', () => {
  it('given two opposite handovers, when the first helper is taken, then neither holds the other helper or a chain', async () => {
    await pair(household(0), helper(0));
    await pair(household(1), helper(1));
    world.setNow(new Date('2026-03-10T02:00:00Z'));
    const handOver = (i: number, from: number, to: number) =>
      call(office, handOverHousehold, {
        params: { householdId: household(i) },
        body: { helperId: helper(to), fromHelperId: helper(from), on: '2026-03-10', reason: '工作调动' },
      });
    const both = await beside(async (client) => {
      await client.query('SELECT 1 FROM cadre WHERE id = $1 FOR UPDATE', [helper(0)]);
      const moved = Promise.all([handOver(0, 0, 1), handOver(1, 1, 0)]);
      await waiting(client, 2);
      await client.query('SELECT 1 FROM cadre WHERE id = $1 FOR UPDATE NOWAIT', [helper(1)]);
      await client.query('SELECT 1 FROM pairing_link WHERE valid_until IS NULL FOR UPDATE NOWAIT');
      await client.query('COMMIT');
      return moved;
    });
    expect(both.map(({ helperId }) => helperId)).toEqual([helper(1), helper(0)]);
  });

  it('given a household that is being given a helper, when another is given it too, then it is told of the first', async () => {
    const { rows } = await call(office, listCadres, { query: { limit: 500 } });
    const link = (client: pg.Client) =>
      client.query(
        `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, account_id, account_name)
         VALUES (uuidv7(), '211382000000', $1, $2, $3, '2026-03-02', 'office', 'office')`,
        [household(3), helper(3), rows[0]?.unitId],
      );
    await beside(async (client) => {
      await link(client);
      const second = expect(pair(household(3), helper(2))).rejects.toEqual(refusal(409, 'EXISTS_MEANWHILE'));
      await waiting(client, 1);
      await client.query('COMMIT');
      await second;
      await client.query('DELETE FROM pairing_link WHERE household_id = $1', [household(3)]);
    });
  });

  it('given a cadre who is being given a household, when he is put out of service, then it waits and is refused', async () => {
    const { rows } = await call(office, listCadres, { query: { limit: 500 } });
    const cadre = rows.find(({ id }) => id === helper(2));
    if (!cadre) throw new Error('the cadre was not imported');
    const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username, version } = cadre;
    const body = { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username, version, active: false };
    await beside(async (client) => {
      await client.query('SELECT 1 FROM cadre WHERE id = $1 FOR UPDATE', [helper(2)]);
      const retired = expect(call(office, changeCadre, { params: { cadreId: helper(2) }, body })).rejects.toEqual(
        refusal(422, 'CADRE_STILL_HELPS'),
      );
      await waiting(client, 1);
      await client.query(
        `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, account_id, account_name)
         VALUES (uuidv7(), '211382000000', $1, $2, $3, '2026-03-02', 'office', 'office')`,
        [household(2), helper(2), unitId],
      );
      await client.query('COMMIT');
      await retired;
    });
    expect(await loadOf(helper(2))).toBe(1);
  });
});

describe('a household that is watched against poverty', () => {
  it('given one that never was poor, then it may have a helper and keeps him until its risk is cleared', async () => {
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    const [watched] = await feedHouseholds(world.urls.app, 1, { first: 50, status: 'none', monitored: true });
    const householdId = watched?.id ?? '';
    await pair(householdId, helper(0));
    const body = { fromHelperId: helper(0), on: '2026-03-20', reason: '不再需要' };
    const end = () => call(office, endPairing, { params: { householdId }, body });
    await expect(end()).rejects.toEqual(refusal(422, 'PAIRING_MONITORED'));
    await feedHouseholds(world.urls.app, 1, { first: 50, status: 'none', ids: [householdId] });
    expect(await end()).toMatchObject({ until: '2026-03-20' });
  });
});

describe('an exited household', () => {
  it('given two with exit days of their own and one of an unknown day, then each keeps its helper for its own time', async () => {
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    const of = async (n: number, exitedOn: string | null, by = helper(1)) => {
      const [fed] = await feedHouseholds(world.urls.app, 1, { first: 60 + n, status: 'exited', exitedOn });
      const householdId = fed?.id ?? '';
      await call(office, assignHelper, { params: { householdId }, body: { helperId: by, from: '2026-03-01' } });
      const body = { fromHelperId: by, on: '2026-03-10', reason: '期满' };
      return { householdId, end: () => call(office, endPairing, { params: { householdId }, body }) };
    };
    const recent = await of(1, '2023-03-11');
    const over = await of(2, '2023-03-10');
    await expect(recent.end()).rejects.toEqual(refusal(422, 'PAIRING_IN_CARE'));
    expect(await over.end()).toMatchObject({ until: '2026-03-10' });
    const unknown = await of(3, null, helper(0));
    await expect(unknown.end()).rejects.toEqual(refusal(422, 'EXIT_DAY_UNKNOWN'));
    const record = await call(office, getPairing, { params: { householdId: unknown.householdId } });
    expect(record.steps.find(({ step }) => step === 'end')?.reason?.message).toContain('脱贫日期不详');
    // Monitored again, it keeps its helper whatever its exit day.
    await feedHouseholds(world.urls.app, 1, {
      first: 61,
      status: 'exited',
      monitored: true,
      exitedOn: '2000-01-01',
      ids: [recent.householdId],
    });
    await expect(recent.end()).rejects.toEqual(refusal(422, 'PAIRING_MONITORED'));
    // A version stored before the months were counted names one day for all; it holds where the exit day is unknown.
    const content = await contentNow(office);
    const { careMonths: _months, aheadDays: _ahead, ...stored } = { ...content, careUntil: '2025-12-31' };
    const owner = new pg.Client({ connectionString: world.urls.migrator });
    await owner.connect();
    await owner.query(
      `INSERT INTO platform.policy (id, county_code, key, valid_from, document, value, state, drafted_by, drafted_by_name,
         drafted_at, approved_by)
       VALUES (uuidv7(), '211382000000', 'pairing', '2026-01-01', '办法', $1::jsonb, 'approved', 'office', 'office', now(),
         'leader')`,
      [JSON.stringify(stored)],
    );
    expect(await unknown.end()).toMatchObject({ until: '2026-03-10' });
    await owner.query(`DELETE FROM platform.policy WHERE document = '办法'`);
    await owner.end();
  });
});

describe('a household that is withdrawn', () => {
  it('given a pairing, when the undo of an import withdraws the household, then its helper is free for it under its new id', async () => {
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    await pair(household(3), helper(3));
    const gone = households.slice(3);
    await withdrawHouseholds(world.urls.app, parts.reactions, gone);
    await withdrawHouseholds(world.urls.app, parts.reactions, gone);
    expect(await loadOf(helper(3))).toBe(0);
    await beside(async (client) => {
      const of = async (text: string) => (await client.query(text, [household(3)])).rows;
      // Told on 5 January of a pairing that was to begin in March: it never held.
      expect(
        await of('SELECT valid_until, withdrawn_at IS NOT NULL AS gone FROM pairing_link WHERE household_id = $1'),
      ).toEqual([{ valid_until: null, gone: true }]);
      expect(await of('SELECT kind, day::text AS day, reason FROM pairing_reversal WHERE household_id = $1')).toEqual([
        { kind: 'assignment', day: '2026-03-02', reason: '农户登记已撤回' },
      ]);
      expect(
        await of(`SELECT account_name, action, change->'after'->>'reason' AS reason FROM platform.audit_entry
                  WHERE record_id = $1 AND account_id = 'system'`),
      ).toEqual([{ account_name: '系统', action: 'pairing.household.released', reason: '农户登记已撤回' }]);
      expect(
        await of(`SELECT type, data->>'until' AS until FROM platform.outbox_event WHERE key = $1
                  ORDER BY sequence DESC LIMIT 1`),
      ).toEqual([{ type: 'pairing.household.released.v1', until: '2026-03-02' }]);
    });
    const [again] = await feedHouseholds(world.urls.app, 1, { first: 4 });
    await pair(again?.id ?? '', helper(3));
    expect((await call(office, getPairing, { params: { householdId: again?.id ?? '' } })).helper?.id).toBe(helper(3));
    expect((await call(office, listPairings, { query: { state: 'without' } })).total).toBe(0);
  });
});

import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { MOST_OF_A_KIND } from '@bangfu/platform/work';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { contentNow, setPolicy } from '../../testing/policy.ts';
import { feedHouseholds, feedRegions } from '../../testing/register.ts';

const EACH = 60;
/** A Wednesday in the middle of a month. */
const TODAY = businessDay('2026-06-17');

let world: TestService;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-06-17T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  const [cadre] = (await call(office, listCadres, {})).rows;
  const links: object[] = [];
  const visits: object[] = [];
  for (const [s, status] of ['registered', 'returned', 'exited', 'none'].entries()) {
    const households = await feedHouseholds(world.urls.app, EACH, { status, first: 1 + s * EACH });
    for (const [i, { id }] of households.entries()) {
      const from = addDays(TODAY, -((i * 7 + s) % 100));
      links.push({ household: id, cadre: cadre?.id, unit: cadre?.unitId, from });
      // Some have no visit, some one or two close together, some one of before the pairing.
      for (const back of [
        i % 4 === 0 ? null : (i * 11) % 90,
        i % 3 === 0 ? ((i * 11) % 90) + 1 : null,
        i % 5 === 0 ? 120 : null,
      ]) {
        if (back !== null) visits.push({ household: id, cadre: cadre?.id, day: addDays(TODAY, -back) });
      }
    }
  }
  await write(
    `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, account_id, account_name)
     SELECT uuidv7(), '211382000000', household, cadre, unit, "from", 'test', 'test'
     FROM jsonb_to_recordset($1::jsonb) AS x (household uuid, cadre uuid, unit uuid, "from" date)`,
    links,
  );
  await write(
    `INSERT INTO visit (id, county_code, household_id, cadre_id, at, day, seen, acknowledged_how, acknowledged_by,
       content_hash, account_id, account_name, received_at)
     SELECT uuidv7(), '211382000000', household, cadre, day, day, '', 'code', '', '', 'test', 'test', now()
     FROM jsonb_to_recordset($1::jsonb) AS x (household uuid, cadre uuid, day date)`,
    visits,
  );
});
afterAll(() => world.stop(['visit.policy_id']));

async function write(text: string, rows: readonly object[]): Promise<void> {
  const client = new pg.Client({ connectionString: world.urls.app, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    await client.query(text, [JSON.stringify(rows)]);
  } finally {
    await client.end();
  }
}

describe('lists of what is due', () => {
  it.each([1, 2])('given %s visits asked for, then they are what the rule says of each household', async (asked) => {
    const content = await contentNow(office);
    const visits = { ...content.visits, visitsPerPeriod: asked };
    const validFrom = addDays(TODAY, asked - 3);
    const now = new Date(`${TODAY}T02:00:00Z`);
    world.setNow(new Date(`${validFrom}T02:00:00Z`));
    await setPolicy(world, { validFrom, document: '办法', content: { ...content, visits } });
    world.setNow(now);
    const { rows: all } = await call(office, listPairings, { query: { state: 'paired', limit: 500 } });
    expect(all).toHaveLength(4 * EACH);
    const overdue = all.filter((row) => (row.visits?.overdueDays ?? 0) > 0);
    const due = all.filter((row) => row.visits?.dueBy || (row.visits?.overdueDays ?? 0) > 0);
    expect(overdue.length).toBeGreaterThan(EACH);
    expect(due.length).toBeGreaterThan(overdue.length);
    expect(due.length).toBeLessThan(all.length);

    expect((await call(office, listPairings, { query: { state: 'overdue', limit: 500 } })).rows).toEqual(overdue);
    const first = await call(office, listPairings, { query: { state: 'due', limit: 10 } });
    expect(first).toMatchObject({ total: due.length, rows: due.slice(0, 10) });
    const second = await call(office, listPairings, { query: { state: 'due', limit: 10, cursor: first.next ?? '' } });
    expect(second.rows).toEqual(due.slice(10, 20));

    const { figures } = await call(office, everyService('pairing').getHome, {});
    expect(figures.find(({ key }) => key === 'overdueHouseholds')?.value).toBe(overdue.length);
    const [one] = all;
    const helper = world.as('helper', { role: 'helper', scope: { kind: 'helper', id: one?.helper?.id ?? '' } });
    const work = await call(helper, everyService('pairing').listWork, {});
    expect(work.total).toBe(due.length);
    const dayOf = ({ dueBy, overdueDays }: { dueBy: string | null; overdueDays: number }) =>
      overdueDays > 0 ? addDays(TODAY, -overdueDays) : dueBy;
    // Most overdue first, as many as a list of work holds, then by their day.
    const late = due.toSorted((x, y) => (y.visits?.overdueDays ?? 0) - (x.visits?.overdueDays ?? 0));
    const listed = late.slice(0, MOST_OF_A_KIND).map(({ visits: standing }) => (standing && dayOf(standing)) ?? '');
    expect(work.items.map((item) => item.due)).toEqual(listed.toSorted());
  });
});

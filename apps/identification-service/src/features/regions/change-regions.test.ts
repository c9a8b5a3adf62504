import { call, type Connection } from '@bangfu/contracts/core/client';
import { openCases } from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import {
  closeRegion,
  importRegions,
  listRegionChanges,
  listRegions,
  mergeRegions,
  recodeRegion,
  renameRegion,
  splitRegion,
} from '@bangfu/contracts/identification/regions';
import { openPool, type Pool } from '@bangfu/data/pool';
import { regionChanged, type RegionChanged } from '@bangfu/events/catalog/identification';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring } from '../../testing/rosters.ts';

const COUNTY = '211382000000';
const FIRST = '211382101000';
const SECOND = '211382102000';
const TABLE = `code,level,name,parent_code
210000000000,province,辽宁省,
211300000000,prefecture,朝阳市,210000000000
${COUNTY},county,凌源市,211300000000
${FIRST},township,万元店镇,${COUNTY}
211382101200,village,佐杖子村,${FIRST}
211382101201,village,康杖子村,${FIRST}
${SECOND},township,宋杖子镇,${COUNTY}
211382102200,village,二十里堡村,${SECOND}
211382102201,village,空村,${SECOND}
`;
/** The households by their numbers, each with its village of before. */
const HOUSEHOLDS = {
  '21138210100001': '211382101200',
  '21138210100002': '211382101200',
  '21138210100003': '211382101200',
  '21138210100004': '211382101201',
  '21138210200001': '211382102200',
  '21138210200002': '211382102200',
};
const NAMES: Readonly<Record<string, string>> = {
  '211382101200': '佐杖子村',
  '211382101201': '康杖子村',
  '211382102200': '二十里堡村',
};
/** What the changes rewrite. */
const TABLES = ['region', 'region_period', 'household', 'case_file', 'quality_breach'];
const BY = { on: '2026-06-01', document: '辽民发〔2026〕7号' };

let world: TestService;
let office: Connection;
let database: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  world.setNow(new Date('2026-06-10T04:00:00Z'));
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.migrator, 2);
  await call(office, importRegions, { query: { name: 'regions.csv' }, body: new Blob([TABLE]) });
  await bring(
    office,
    Object.entries(HOUSEHOLDS).map(([number, village], at) => ({
      number,
      person: at * 2 + 1,
      name: `户${at}`,
      township: village.startsWith('211382101') ? '万元店镇' : '宋杖子镇',
      village: NAMES[village] ?? '',
      later: { 自然村: number.endsWith('3') ? '东沟' : '西沟' },
    })),
  );
  const { rows } = await call(office, listHouseholds, {});
  expect(rows).toHaveLength(6);
  const body = { householdIds: rows.map(({ id }) => id), on: '2026-06-01' };
  const entering = ['211382101200', '211382101201', '211382102200'].map((code) => grant('village-officer', code));
  await call(world.as('villages', ...entering), openCases, { body });
  await database.query(
    `INSERT INTO quality_breach (household_id, rule_id, subject_id, county_code, village_code, policy_id)
     SELECT id, 'Q1', id, county_code, village_code, (SELECT id FROM platform.policy WHERE key = 'quality-rules' LIMIT 1) FROM household`,
  );
  await database.query('CREATE SCHEMA kept');
  for (const table of TABLES) {
    await database.query(`CREATE TABLE kept.${table} AS TABLE public.${table}`);
  }
});
afterAll(async () => {
  await database.end();
  await world.stop();
});
/** Each test begins with the county as it was brought. */
beforeEach(async () => {
  // As the server's superuser, who is held by no foreign key.
  const own = new URL(inject('postgresUrl'));
  own.pathname = new URL(world.urls.migrator).pathname;
  const pool = openPool(own.href, 1);
  await pool.query('SET session_replication_role = replica');
  await pool.query('DELETE FROM household_history');
  await pool.query('DELETE FROM person_history');
  await pool.query('DELETE FROM public.region_change');
  for (const table of TABLES) {
    await pool.query(`DELETE FROM public.${table}`);
    await pool.query(`INSERT INTO public.${table} TABLE kept.${table}`);
  }
  await pool.end();
});

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    ({ problem }: { problem: { code: string } }) => problem.code,
  );
const villagesOf = async () => {
  const { rows } = await database.query<{ number: string; code: string; right: boolean }>(
    `SELECT number, village_code AS code, village_id = (SELECT id FROM region r WHERE r.code = village_code) AS right
     FROM household ORDER BY number`,
  );
  expect(rows.every(({ right }) => right)).toBe(true);
  return Object.fromEntries(rows.map(({ number, code }) => [number, code]));
};
const divisions = async () => {
  const { rows } = await call(office, listRegions, {});
  return rows.filter(({ code }) => code >= FIRST).map(({ code, name }) => `${code} ${name}`);
};
const told = async (): Promise<RegionChanged | undefined> => {
  const { rows } = await database.query<{ data: unknown }>(
    'SELECT data FROM platform.outbox_event WHERE type = $1 ORDER BY ordinal DESC LIMIT 1',
    [regionChanged.type],
  );
  return rows[0] && regionChanged.data.parse(rows[0].data);
};

describe('given two townships that are merged', () => {
  const MERGE = { ...BY, from: [FIRST, SECOND], to: FIRST, name: '新镇', dryRun: false };
  const CHANGED = [
    { from: FIRST, to: FIRST, kind: 'merge' },
    { from: SECOND, to: FIRST, kind: 'merge' },
    { from: '211382102200', to: '211382101202', kind: 'recode' },
    { from: '211382102201', to: '211382101203', kind: 'recode' },
  ];

  it('when it is only tried, then it says what would change and changes nothing', async () => {
    const [before, villages] = [await divisions(), await villagesOf()];
    const tried = await call(office, mergeRegions, { body: { ...MERGE, dryRun: true } });
    expect(tried).toMatchObject({ id: null, changed: CHANGED, households: 2 });
    expect(tried.codes).toHaveLength(6);
    expect([await divisions(), await villagesOf()]).toEqual([before, villages]);
  });

  it('when it is done, then every household, case and breach is in its village of now, and the others are told', async () => {
    const count = async () =>
      (
        await database.query(
          `SELECT (SELECT count(*) FROM household) AS h, (SELECT count(*) FROM case_file) AS c,
             (SELECT count(*) FROM quality_breach) AS b`,
        )
      ).rows;
    const before = await count();
    expect(before).toEqual([{ h: 6, c: 6, b: 6 }]);
    const { id, changed, households } = await call(office, mergeRegions, { body: MERGE });
    expect([changed, households]).toEqual([CHANGED, 2]);
    expect(await count()).toEqual(before);
    expect(await divisions()).toEqual([
      `${FIRST} 新镇`,
      '211382101200 佐杖子村',
      '211382101201 康杖子村',
      '211382101202 二十里堡村',
      '211382101203 空村',
    ]);
    expect(await villagesOf()).toEqual({
      ...HOUSEHOLDS,
      '21138210200001': '211382101202',
      '21138210200002': '211382101202',
    });
    const { rows: strays } = await database.query(
      `SELECT 1 FROM case_file c JOIN household h ON h.id = c.household_id WHERE c.village_code <> h.village_code
       UNION ALL SELECT 1 FROM quality_breach b JOIN household h ON h.id = b.household_id WHERE b.village_code <> h.village_code`,
    );
    expect(strays).toEqual([]);
    const { rows: history } = await database.query(
      'SELECT DISTINCT village_code FROM household_history WHERE replaced_by IS NULL',
    );
    expect(history).toEqual([{ village_code: '211382102200' }]);
    expect(await told()).toMatchObject({ changeId: id, kind: 'merge', households: [], on: BY.on });
    expect((await told())?.codes.map(({ from, to, townshipName }) => [from, to, townshipName])).toEqual([
      [FIRST, FIRST, null],
      [SECOND, FIRST, null],
      ['211382101200', '211382101200', '新镇'],
      ['211382101201', '211382101201', '新镇'],
      ['211382102200', '211382101202', '新镇'],
      ['211382102201', '211382101203', '新镇'],
    ]);
    const { rows: periods } = await database.query(
      `SELECT code, name, valid_from AS from, valid_until AS until FROM region_period
       WHERE code IN ('211382102200', '211382101202') ORDER BY valid_from NULLS FIRST`,
    );
    expect(periods).toEqual([
      { code: '211382102200', name: '二十里堡村', from: null, until: BY.on },
      { code: '211382101202', name: '二十里堡村', from: BY.on, until: null },
    ]);
    const { rows: kept } = await call(office, listRegionChanges, {});
    expect(kept).toMatchObject([{ id, kind: 'merge', changed: CHANGED, households: 2, by: 'office', ...BY }]);
  });

  it('when the day or a code is wrong, then it is refused', async () => {
    const merge = (given: Partial<typeof MERGE>) =>
      refused(call(office, mergeRegions, { body: { ...MERGE, ...given } }));
    expect(await merge({ on: '2026-06-11' })).toBe('REGION_DAY_FUTURE');
    expect(await merge({ from: [FIRST, '211382102200'] })).toBe('REGION_MERGE_LEVELS');
    expect(await merge({ from: [FIRST, '211382109000'] })).toBe('REGION_UNKNOWN');
    expect(await merge({ from: [FIRST, FIRST] })).toBe('REGION_MERGE_ONE');
    expect(await merge({ to: '211382101200' })).toBe('REGION_CODE_LEVEL');
    expect(await merge({ to: '211381101000' })).toBe('NOT_FOUND');
    const township = world.as('township', grant('county-office', FIRST));
    expect(await refused(call(township, mergeRegions, { body: MERGE }))).toBe('NOT_FOUND');
    await call(office, mergeRegions, { body: MERGE });
    const rename = { ...BY, code: FIRST, name: '再新镇', on: '2026-05-31' };
    expect(await refused(call(office, renameRegion, { body: rename }))).toBe('REGION_DAY_BEFORE');
  });
});

describe('given a village that is split', () => {
  it('when natural villages and households go to a new one, then they alone do', async () => {
    const body = {
      ...BY,
      from: '211382101200',
      to: [{ code: '211382101205', name: '东沟村' }],
      list: [
        { part: '东沟', to: '211382101205' },
        { part: '21138210100001', to: '211382101205' },
      ],
    };
    const { changed, households } = await call(office, splitRegion, { body });
    expect([changed, households]).toEqual([
      [
        { from: '211382101200', to: '211382101200', kind: 'split' },
        { from: '211382101200', to: '211382101205', kind: 'split' },
      ],
      2,
    ]);
    expect(await villagesOf()).toEqual({
      ...HOUSEHOLDS,
      '21138210100001': '211382101205',
      '21138210100003': '211382101205',
    });
    expect((await told())?.households).toHaveLength(2);
  });

  it('when a part is not in it, or goes to two, then it is refused', async () => {
    const to = [{ code: '211382101205', name: '东沟村' }];
    const split = (list: { part: string; to: string }[]) =>
      refused(call(office, splitRegion, { body: { ...BY, from: '211382101200', to, list } }));
    expect(await split([{ part: '北沟', to: '211382101205' }])).toBe('REGION_SPLIT_PART');
    expect(await split([{ part: '东沟', to: '211382101209' }])).toBe('REGION_SPLIT_ELSEWHERE');
    const both = ['211382101205', '211382101200'].map((code) => ({ part: '东沟', to: code }));
    expect(await split(both)).toBe('REGION_SPLIT_PART_TWICE');
  });
});

describe('given a township that is split, a village that is recoded, and one that is closed', () => {
  it('when villages go to a new township, then with its code and their households', async () => {
    const body = {
      ...BY,
      from: FIRST,
      to: [{ code: '211382109000', name: '康镇' }],
      list: [{ part: '康杖子', to: '211382109000' }],
    };
    await call(office, splitRegion, { body });
    expect(await villagesOf()).toEqual({ ...HOUSEHOLDS, '21138210100004': '211382109201' });
    expect((await divisions()).filter((each) => each.includes('109'))).toEqual([
      '211382109000 康镇',
      '211382109201 康杖子村',
    ]);
  });

  it('when a village comes into another township, then its households come with it', async () => {
    const body = { ...BY, code: '211382101201', to: '211382102202' };
    const { codes } = await call(office, recodeRegion, { body });
    expect(await villagesOf()).toEqual({ ...HOUSEHOLDS, '21138210100004': '211382102202' });
    expect(codes.length).toBeGreaterThan(3);
    expect(await refused(call(office, recodeRegion, { body: { ...BY, code: FIRST, to: SECOND } }))).toBe(
      'REGION_CODE_TAKEN',
    );
  });

  it('when households are left in it, then it is not closed; an empty one is', async () => {
    const close = (code: string) => refused(call(office, closeRegion, { body: { ...BY, code } }));
    expect(await close('211382102200')).toBe('REGION_NOT_EMPTY');
    expect(await close(SECOND)).toBe('REGION_NOT_EMPTY');
    expect(await close('211382102201')).toBe('done');
    expect(await divisions()).not.toContain('211382102201 空村');
    expect((await told())?.codes).toMatchObject([{ from: '211382102201', to: null, name: '空村' }]);
  });

  it('when a township has another name, then its villages are told with it', async () => {
    const { changed, households } = await call(office, renameRegion, { body: { ...BY, code: FIRST, name: '元店镇' } });
    expect([changed, households]).toEqual([[{ from: FIRST, to: FIRST, kind: 'rename' }], 0]);
    expect((await told())?.codes.map(({ townshipName }) => townshipName)).toEqual([null, '元店镇', '元店镇']);
    expect(await refused(call(office, renameRegion, { body: { ...BY, code: FIRST, name: '元店镇' } }))).toBe(
      'REGION_NAME_SAME',
    );
  });

  it('when villages of two townships are merged, then their households are in one', async () => {
    const body = { ...BY, from: ['211382101201', '211382102200'], to: '211382101201', name: '合村' };
    const { changed } = await call(office, mergeRegions, { body });
    expect(changed).toEqual([
      { from: '211382101201', to: '211382101201', kind: 'merge' },
      { from: '211382102200', to: '211382101201', kind: 'merge' },
    ]);
    expect(await villagesOf()).toEqual({
      ...HOUSEHOLDS,
      '21138210200001': '211382101201',
      '21138210200002': '211382101201',
    });
  });
});

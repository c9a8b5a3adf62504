import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { listCases } from '@bangfu/contracts/identification/cases';
import { listNotices } from '@bangfu/contracts/identification/notices';
import { openPool } from '@bangfu/data/pool';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { listImports } from '@bangfu/contracts/identification/imports';
import { daysWithin } from '@bangfu/platform/testing/paper-days';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildIdentification } from '../app.ts';
import { fillRegister } from '../testing/register.ts';

const VILLAGES = ['佐杖子村', '康杖子村', '铁匠炉村'];
const TODAY = new Date('2026-11-22T06:00:00Z');
let world: TestService;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  world.setNow(TODAY);
  await fillRegister(
    world.as('office', grant('county-office')),
    Array.from({ length: 60 }, (_, at) => ({
      number: `211382101${String(at).padStart(5, '0')}`,
      head: `户${'甲乙丙丁戊己庚辛壬癸'[at % 10]}${'子丑寅卯辰巳'[Math.floor(at / 10)]}`,
      village: VILLAGES[at % 3] ?? '',
    })),
  );
});
afterAll(() => world.stop());

it('given a register, when the demo is made, then cases stand at every step and each account has its work', async () => {
  const account = (id: string) => ({ id: `test-${id}`, name: id });
  const accounts = Object.fromEntries(
    ['village', 'township', 'township-leader', 'leader'].map((id) => [id, account(id)]),
  );
  await world.service.demo?.({ countyCode: '211382000000', accounts, today: TODAY });

  const office = world.as('office', grant('county-office'));
  const { rows, total } = await call(office, listCases, { query: { limit: 500 } });
  expect(total).toBeGreaterThan(20);
  expect([...new Set(rows.map(({ step, status }) => step ?? status))].sort()).toEqual(
    [
      'survey',
      'application',
      'appraisal',
      'village-notice',
      'verification',
      'township-notice',
      'township-approval',
      'county-approval',
      'announcement',
      'completed',
      'refused',
      'withdrawn',
    ].sort(),
  );
  const notices = await call(office, listNotices, { query: { limit: 500 } });
  expect([...new Set(notices.rows.map(({ status }) => status))].sort()).toEqual(['announced', 'closed', 'opened']);
  expect(notices.rows.some(({ openObjections }) => openObjections === 1)).toBe(true);

  const waiting = async (name: string, ...of: Parameters<typeof grant>) =>
    (await call(world.as(name, grant(...of)), listCases, { query: { waiting: 'true' } })).total;
  expect(await waiting('village', 'village-officer', '211382101200')).toBeGreaterThan(0);
  expect(await waiting('township', 'township-officer', '211382101000')).toBeGreaterThan(0);
  expect(await waiting('township-leader', 'township-leader', '211382101000')).toBeGreaterThan(0);
  expect(await waiting('leader', 'county-leader')).toBeGreaterThan(0);
  const { figures } = await call(office, everyService('identification').getHome, {});
  expect(figures.find(({ key }) => key === 'registered')?.value).toBeGreaterThan(0);

  // Every figure is what the rows it opens come to, for every role.
  const { followed, wrong } = await followFigures(world, 'identification', '211382101000');
  expect(wrong).toEqual([]);
  expect(followed.size).toBe(5);

  // No paper says anything that came after its own day.
  const pool = openPool(world.urls.app, 1);
  const { rows: papers } = await pool.query<{ serial: number; day: string; content: unknown }>(
    'SELECT serial, opened_on::text AS day, content FROM notice',
  );
  await pool.end();
  expect(papers.length).toBe(notices.total);
  const later = papers.flatMap(({ serial, day, content }) =>
    daysWithin(content)
      .filter((each) => each > day)
      .map((each) => `${serial} of ${day} says ${each}`),
  );
  expect(later).toEqual([]);
});

it('given the demo, when its lists are walked in each order, then every record comes once and in its place', async () => {
  const number = ({ number: filed }: { readonly number: string }) => {
    const [, year = 0, serial = 0] = /〔(\d+)〕(\d+)/.exec(filed) ?? [];
    return Number(year) * 1_000_000 + Number(serial);
  };
  const office = world.as('office', grant('county-office'));
  const [imported] = (await call(office, listImports, {})).rows;
  const params = { importId: imported?.id ?? '' };
  const { wrong, thin } = await walkLists('identification', {
    ...world,
    params,
    values: { 'listNotices.number': number },
  });
  expect(wrong).toEqual([]);
  // The demo brings its lists once and changes no divisions.
  expect(thin).toEqual(['listImportProblems', 'listImports', 'listRegionChanges']);
});

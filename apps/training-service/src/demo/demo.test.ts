import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { listCertificates } from '@bangfu/contracts/training/certificates';
import { listClasses } from '@bangfu/contracts/training/classes';
import type { Grant } from '@bangfu/domain/shared/roles';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { daysWithin } from '@bangfu/platform/testing/paper-days';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildTraining } from '../app.ts';
import { household, member, register } from '../testing/register.ts';

const TODAY = new Date('2026-11-22T06:00:00Z');
const OPS = everyService('training');
let world: TestService;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  world.setNow(TODAY);
  const status = ['registered', 'exited'] as const;
  const villages = ['211382104201', '211382104202', '211382105201'] as const;
  await register(
    world,
    Array.from({ length: 120 }, (_, at) =>
      household(`21138290${String(at).padStart(4, '0')}`, [member(`学员${at}`)], {
        status: status[at % 2] ?? 'exited',
        villageCode: villages[at % 3] ?? villages[0],
      }),
    ),
  );
});
afterAll(() => world.stop());

it('given a register, when the demo is made, then classes stand in every stage and each account has its work', async () => {
  const accounts = {
    county: { id: 'test-office', name: '县扶贫办' },
    trainer: { id: 'test-trainer', name: '培训机构' },
  };
  const scopes = await world.service.demo?.({ countyCode: '211382000000', accounts, today: TODAY });
  const office = world.as('office', grant('county-office'));
  const { rows } = await call(office, listClasses, {});
  expect(rows.map(({ state, enrolled, certificates }) => [state, enrolled > 9, certificates > 5])).toEqual([
    ['planned', true, false],
    ['running', true, false],
    ['ended', true, false],
    ['ended', true, true],
    ['ended', true, true],
    ['ended', true, true],
  ]);
  const home = await call(office, OPS.getHome, {});
  expect(home.figures.map(({ key }) => key)).toEqual([
    'classes',
    'enrolledPersons',
    'attendanceRate',
    'certificates',
    'skillCoverage',
  ]);

  // Every figure is what the rows it opens come to, for every role.
  const { followed, wrong } = await followFigures(world, 'training', '211382104000');
  expect(wrong).toEqual([]);
  expect(followed.size).toBe(5);
  const scope = scopes?.['trainer'];
  if (!scope) throw new Error('the trainer has no scope');
  const held: Grant = { role: 'training-provider', scope };
  const kinds = async (name: string, of: Grant) => [
    ...new Set((await call(world.as(name, of), OPS.listWork, {})).items.map(({ kind }) => kind)),
  ];
  expect(await kinds('trainer', held)).toEqual(['attendance-to-record']);
  expect(await kinds('office', grant('county-office'))).toEqual(['certificates-to-issue']);
  expect(await kinds('village', grant('village-officer', '211382104201'))).toEqual(['class-to-fill']);

  // No certificate says anything that came after its own day: its class had ended by then.
  const { rows: certificates } = await call(office, listCertificates, { query: { limit: 500 } });
  expect(certificates.length).toBeGreaterThan(15);
  const later = certificates.filter(({ issuedOn, withdrawnOn: _withdrawn, ...content }) =>
    daysWithin(content).some((day) => day > issuedOn),
  );
  expect(later).toEqual([]);
}, 120_000);

it('given the demo, when its lists are walked in each order, then every record comes once and in its place', async () => {
  const { wrong, thin } = await walkLists('training', world);
  expect(wrong).toEqual([]);
  expect(thin).toEqual(['listProviders']);
});

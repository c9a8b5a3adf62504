import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { getCoverage } from '@bangfu/contracts/training/coverage';
import { createProvider, listProviders } from '@bangfu/contracts/training/providers';
import { issueCertificates } from '@bangfu/contracts/training/certificates';
import { listClasses } from '@bangfu/contracts/training/classes';
import { listEnrolments } from '@bangfu/contracts/training/enrolments';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import { businessDay } from '@bangfu/domain/shared/time';
import { ineligible } from '@bangfu/domain/training/enrolment';
import { LEARNERS } from '@bangfu/contracts/training/policies';
import { openPool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { twinsOf } from '@bangfu/platform/testing/twins';
import { namedIn, readAsWatcher, watchersOf } from '@bangfu/platform/testing/watched-reads';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildTraining } from '../../app.ts';
import { readCoverage } from '../../db/read-coverage.ts';
import type { Tables } from '../../operations.ts';
import { household, member, newTestId, register } from '../../testing/register.ts';
import { AFTER, BEFORE, refusal, type TestSchool, testSchool } from '../../testing/school.ts';

const OPS = everyService('training');
const EVALUATOR: Grant = {
  role: 'evaluator',
  scope: { kind: 'evaluation', id: 'e1', regions: ['211382104000'], services: ['training'] },
};
const homes = [
  household('2113820401', [member('冯一')]),
  household('2113820402', [member('陈二'), member('陈儿', { birthDate: '2020-01-01', labour: 'none' })], {
    status: 'exited',
  }),
  household('2113820403', [member('褚三')], { villageCode: '211382104202' }),
  household('2113820404', [member('卫老', { birthDate: '1940-01-01', labour: 'none' })]),
  household('2113820405', [member('蒋富')], { status: 'none' }),
];
let world: TestService;
let school: TestSchool;
let office: Connection;
let classId: string;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'training', buildTraining);
  world.setNow(BEFORE);
  await register(world, homes);
  school = await testSchool(world);
  office = school.office;
  const group = await school.openClass();
  classId = group.id;
  for (const home of homes.slice(0, 2)) await school.enrol(classId, home);
  world.setNow(AFTER);
  await school.attend(classId, group.sessionList, { 冯一: 5, 陈二: 2 });
  await school.giveMarks(classId, { 冯一: 90, 陈二: 70 });
});
afterAll(() => world.stop());

describe('my work, the figures and the dossier', () => {
  it('given results that allow one certificate, then the office is told, and after issuing everything counts', async () => {
    const waiting = await call(office, OPS.listWork, {});
    expect(waiting.items.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['certificates-to-issue', '1 人出勤和考核合格，等待发证'],
    ]);
    const { rows } = await call(office, listEnrolments, {
      params: { classId },
    });
    await call(office, issueCertificates, { params: { classId }, body: { enrolmentIds: rows.map(({ id }) => id) } });
    expect((await call(office, OPS.listWork, {})).total).toBe(0);

    const figures = async (as: Connection) =>
      Object.fromEntries((await call(as, OPS.getHome, {})).figures.map(({ key, value }) => [key, value]));
    expect(await figures(office)).toEqual({
      classes: 1,
      enrolledPersons: 2,
      attendanceRate: 7000,
      certificates: 1,
      skillCoverage: 3333,
    });
    const elsewhere = world.as('elsewhere', grant('township-officer', '211382105000'));
    expect(await figures(elsewhere)).toEqual({ classes: 0, enrolledPersons: 0, certificates: 0 });

    const dossier = await call(school.village, OPS.getDossier, { params: { householdNumber: '2113820401' } });
    expect(dossier.sections[0]?.table?.rows[0]?.slice(5, 7)).toEqual(['5/5 次', '90 分']);
    expect(dossier.timeline.map(({ title }) => title)).toEqual(['报名培训', '取得培训证书']);
    const scope = { kind: 'household' as const, id: homes[0]?.householdId ?? '' };
    const itself = world.as('household', { role: 'household', scope });
    expect(await call(itself, OPS.getDossier, { params: { householdNumber: '2113820401' } })).toEqual(dossier);
    const other = call(itself, OPS.getDossier, { params: { householdNumber: '2113820402' } });
    expect(await refusal(other)).toMatchObject({ status: 404 });
    const refused = call(elsewhere, OPS.getDossier, { params: { householdNumber: '2113820401' } });
    expect(await refusal(refused)).toMatchObject({ status: 404 });
  });

  it.each(watchersOf('training'))(
    'given an auditor or evaluator, when he reads all that is open to him, then no learner’s name is whole',
    async (watcher) => {
      const days = { from: '2026-06-01', to: '2026-06-30' };
      const params = { ...days, householdNumber: '2113820401', classId };
      const { answers } = await readAsWatcher(world, 'training', watcher, params);
      expect(answers['getTrainingDossier']).toContain('冯*');
      expect(Object.keys(answers)).toEqual(expect.arrayContaining(['listEnrolments', 'listCertificates']));
      expect(namedIn(answers, ['冯一', '陈二'])).toEqual([]);
    },
  );

  it('counts one skill per household by village, without households that have no able labour or are not poor', async () => {
    const { total, villages } = await call(office, getCoverage, {});
    expect(total).toEqual({ households: 3, skilled: 1, coverageBp: 3333 });
    expect(
      villages.map(({ villageCode, households, skilled, coverageBp }) => [
        villageCode,
        households,
        skilled,
        coverageBp,
      ]),
    ).toEqual([
      ['211382104201', 2, 1, 5000],
      ['211382104202', 1, 0, 0],
    ]);
    const own = await call(school.village, getCoverage, {});
    expect(own.villages.map(({ villageCode }) => villageCode)).toEqual(['211382104201']);
    expect((await call(office, getCoverage, { query: { region: '211382104202' } })).total.households).toBe(1);
  });

  it('given members on the very days the ages turn, then SQL counts exactly whom the rule of enrolment takes', async () => {
    const days = [
      '1966-02-28',
      '1966-03-01',
      '1965-02-28',
      '1965-03-01',
      '1965-03-02',
      '1970-03-01',
      '1970-03-02',
      '2010-03-01',
      '2010-03-02',
      '1968-02-29',
      '2012-02-29',
    ];
    const many = days.flatMap((birthDate) =>
      (['male', 'female'] as const).flatMap((sex) =>
        (['skilled', 'weak', 'lost', 'none'] as const).map((labour) => {
          const one = member('边', { birthDate, sex, labour });
          return { one, home: household(`2113829${birthDate}${sex}${labour}`, [one], { villageCode: '211382199201' }) };
        }),
      ),
    );
    await register(
      world,
      many.map(({ home }) => home),
    );
    const pool = openPool(world.urls.app, 1);
    const [shipped] = LEARNERS.seeds;
    if (!shipped) throw new Error('learners are shipped');
    const county = { countyCode: '211382000000' };
    for (const today of ['2026-02-28', '2026-03-01', '2026-03-02', '2028-02-28', '2028-02-29', '2028-03-01'].map(
      businessDay,
    )) {
      const able = many.filter(({ one: { birthDate, sex, labour } }) => {
        const known = {
          personId: '',
          birthDate: businessDay(birthDate ?? ''),
          sex: sex === 'male' ? 'male' : 'female',
        } as const;
        const words = labour === 'skilled' || labour === 'weak' ? labour : 'none';
        const learner = { ...known, householdStatus: 'exited', labour: words } as const;
        return ineligible(learner, today, shipped.value).length === 0;
      });
      const { total } = await readCoverage(typedSql<Tables>(pool), county, ['211382199'], today);
      expect([today, total.households]).toEqual([today, able.length]);
    }
    await pool.end();
  });
});

describe('rights', () => {
  const own = ALL_OPERATIONS.filter((op) => op.owner === 'training' && op.access !== 'public');

  it('answers 401 to every operation without an account, except the public one', async () => {
    for (const op of own) {
      const params = Object.fromEntries(
        [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', newTestId()]),
      );
      expect([op.id, (await refusal(send(world.anonymous, op, { params }))).status]).toEqual([op.id, 401]);
    }
  });

  it('answers 403 to every operation whose roles the caller does not hold', async () => {
    const roles: Role[] = [
      'helper',
      'entity',
      'finance',
      'training-provider',
      'village-officer',
      'county-leader',
      'auditor',
    ];
    for (const role of roles) {
      const as = world.as(`only-${role}`, grant(role));
      for (const op of own) {
        if (typeof op.access === 'string' || op.access.includes(role)) continue;
        const params = Object.fromEntries(
          [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', newTestId()]),
        );
        expect([role, op.id, (await refusal(send(as, op, { params }))).status]).toEqual([role, op.id, 403]);
      }
    }
  });

  it('lets an evaluator read his regions and change nothing', async () => {
    const evaluator = world.as('evaluator', EVALUATOR);
    expect((await call(evaluator, listClasses, {})).total).toBe(1);
    expect((await call(evaluator, getCoverage, {})).total.households).toBe(3);
    for (const op of own.filter(({ method, access }) => method !== 'GET' && access !== 'signed-in')) {
      const params = Object.fromEntries(
        [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', newTestId()]),
      );
      expect([op.id, (await refusal(send(evaluator, op, { params }))).status]).toEqual([op.id, 403]);
    }
    const foreign: Grant = {
      ...EVALUATOR,
      scope: { kind: 'evaluation', id: 'e2', regions: ['211382104000'], services: ['pairing'] },
    };
    expect(await refusal(call(world.as('pairing-evaluator', foreign), listClasses, {}))).toMatchObject({ status: 403 });
  });

  it('writes an audit row for each act, and a repeat under the same key is one act', async () => {
    const idempotencyKey = newTestId();
    const body = { name: '蒙古族刺绣合作社', contact: '', note: '' };
    const first = await call(office, createProvider, { body, idempotencyKey });
    expect(await call(office, createProvider, { body, idempotencyKey })).toEqual(first);
    for (const name of twinsOf(body.name)) {
      const twin = call(office, createProvider, { body: { ...body, name } });
      expect(await refusal(twin)).toMatchObject({ code: 'PROVIDER_EXISTS' });
    }
    const auditor = world.as('auditor', grant('auditor'));
    const audit = await call(auditor, OPS.listAudit, { query: { recordId: first.id } });
    expect(audit.rows.map(({ action }) => action)).toEqual(['training.provider.entered']);
    expect((await call(auditor, listProviders, {})).rows.map(({ name }) => name)).toContain(body.name);
    expect((await call(school.teacher, listProviders, {})).rows.map(({ id }) => id)).toEqual([school.provider.id]);
  });
});

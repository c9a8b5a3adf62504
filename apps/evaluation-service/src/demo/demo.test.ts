import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { listEvaluations, verifyEvaluationRecords } from '@bangfu/contracts/evaluation/evaluations';
import { getRates } from '@bangfu/contracts/evaluation/rates';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { listReturnFiles } from '@bangfu/contracts/evaluation/returns';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../app.ts';
import { bringHouseholds, type TestHousehold } from '../testing/register.ts';

const COUNTY = '211382000000';
const TODAY = new Date('2026-11-22T06:00:00Z');
const STATUS = ['none', 'none', 'none', 'registered', 'none', 'exited', 'none', 'none', 'exited', 'none'] as const;

/** Twenty villages in four townships of thirty households each. */
const REGISTER: TestHousehold[] = Array.from({ length: 600 }, (_, i) => {
  const village = Math.floor(i / 30);
  return {
    number: `21138210${String(i).padStart(4, '0')}`,
    villageCode: `2113821${String(Math.floor(village / 5)).padStart(2, '0')}${String(200 + (village % 5))}`,
    villageName: `第${village + 1}村`,
    townshipName: `第${Math.floor(village / 5) + 1}乡`,
    headName: `户主${i}`,
    status: STATUS[i % STATUS.length] ?? 'none',
    persons: 1 + (i % 4),
  };
});

let world: TestService;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  world.setNow(TODAY);
  await bringHouseholds(world.urls.app, REGISTER);
});
afterAll(() => world.stop());

describe('given a register, when the demo is made', () => {
  it('then there is an evaluation with its result, one in the field and one planned, and every record holds', async () => {
    const names = { county: '县扶贫办', 'county-seed': '种子专员', 'county-returns': '收件专员', leader: '县分管领导' };
    const accounts = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, { id: `demo-${key}`, name }]));
    const scopes = await world.service.demo?.({ countyCode: COUNTY, accounts, today: TODAY });
    const office = world.as('office', grant('county-office'));
    const { rows } = await call(office, listEvaluations, {});
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['退出抽查评估', 'draft'],
      ['年度第三方评估', 'drawn'],
      ['上半年第三方评估', 'computed'],
    ]);
    const [, running, done] = rows;
    expect(running?.returns.accepted).toBeGreaterThan(30);
    expect(running?.returns.accepted).toBeLessThan(running?.sample?.households ?? 0);
    expect(rows.map((row) => row.returns.problems)).toEqual([0, 0, 0]);
    expect(scopes?.['evaluator']).toMatchObject({ kind: 'evaluation', id: running?.id });
    const rates = await call(office, getRates, { params: { evaluationId: done?.id ?? '' } });
    const { sampled, interviewed, replaced } = rates.coverage;
    expect((interviewed + replaced) / sampled).toBeGreaterThan(0.95);
    expect(replaced).toBeGreaterThan(0);
    expect(rates.county.approval.value).toBeGreaterThan(0.9);
    expect((await call(office, verifyEvaluationRecords, {})).broken).toEqual([]);
  });

  it('then the county home has its figures, the office its next steps, a household its part of the dossier', async () => {
    const ops = everyService('evaluation');
    const leader = world.as('leader', grant('county-leader'));
    const home = await call(leader, ops.getHome, {});
    expect(home.figures.map(({ key }) => key)).toEqual([
      'evaluations',
      'sampledHouseholds',
      'returns',
      'compositeIncidence',
      'wrongExitRate',
      'missedRate',
      'approvalRate',
    ]);
    const { rows } = await call(leader, listEvaluations, {});
    const running = rows.find(({ state }) => state === 'drawn');
    const { followed, wrong } = await followFigures(world, 'evaluation', '211382100000', running?.id);
    expect(wrong).toEqual([]);
    expect(followed.size).toBe(7);
    const { items } = await call(world.as('office', grant('county-office')), ops.listWork, {});
    expect(items.map(({ kind }) => kind).sort()).toEqual(['frame-to-freeze', 'returns-to-import']);
    const village = world.as('village', grant('village-officer', REGISTER[0]?.villageCode ?? ''));
    const dossier = await call(village, ops.getDossier, { params: { householdNumber: REGISTER[0]?.number ?? '' } });
    expect(dossier.sections[0]?.table?.rows).toHaveLength(2);
    const outside = call(village, ops.getDossier, { params: { householdNumber: REGISTER[599]?.number ?? '' } });
    await expect(outside).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it('when its lists are walked in each order, then every record comes once and in its place', async () => {
    const office = world.as('office', grant('county-office'));
    const done = (await call(office, listEvaluations, {})).rows.find(({ state }) => state === 'computed');
    const params = { evaluationId: done?.id ?? '' };
    const [file] = (await call(office, listReturnFiles, { params })).rows;
    const { wrong, thin } = await walkLists('evaluation', { ...world, params: { ...params, fileId: file?.id ?? '' } });
    expect(wrong).toEqual([]);
    // A demo has three evaluations, and every return of it is right.
    expect(thin).toEqual([
      'listDiscrepancies',
      'listEvaluations',
      'listPublicEvaluations',
      'listReturnFiles',
      'listReturnProblems',
    ]);
  });
});

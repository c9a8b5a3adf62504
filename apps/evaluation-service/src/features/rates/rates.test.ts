import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { type Evaluation, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { computeRates, getRates } from '@bangfu/contracts/evaluation/rates';
import { listReturnProblems } from '@bangfu/contracts/evaluation/returns';
import { listSample } from '@bangfu/contracts/evaluation/samples';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../app.ts';
import { writeSheet } from '../../testing/field-work.ts';
import { bringHouseholds } from '../../testing/register.ts';
import {
  bringReturns,
  COUNTY,
  drawnEvaluation,
  interviewed,
  judged,
  type Offices,
  REGISTER,
  sqlAs,
  surveySheet,
  threeOffices,
} from '../../testing/small-county.ts';
import { FORMER_RESULT } from './former-result.fixture.ts';

let world: TestService;
let office: Connection;
let evaluator: Connection;
let offices: Offices;
let evaluation: Evaluation;

const params = () => ({ evaluationId: evaluation.id });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  // In each village one exited household and one that was never registered are monitored; both are drawn.
  const register = REGISTER.map((household, i) => ({ ...household, monitored: [1, 2].includes(i % 10) }));
  await bringHouseholds(world.urls.app, register);
  offices = threeOffices(world);
  evaluation = await drawnEvaluation(world, offices);
  const scope = { kind: 'evaluation', id: evaluation.id, regions: [COUNTY], services: ['evaluation'] } as const;
  evaluator = world.as('surveyor', { role: 'evaluator', scope });
  world.setNow(new Date('2026-07-05T02:00:00Z'));
});
afterAll(() => world.stop(['rate_result.policy_id']));

describe('given monitored households in the sample', () => {
  it('when they are judged, then each counts in the rate of its status, and only there', async () => {
    const { rows: sample } = await call(evaluator, listSample, {
      params: params(),
      query: { limit: 500, role: 'sample' },
    });
    const status = new Map(REGISTER.map((household) => [household.number, household.status]));
    const monitored = sample.filter(({ stratum }) => stratum === 'monitored');
    const exited = monitored.find(({ householdNumber }) => status.get(householdNumber) === 'exited');
    const marginal = monitored.find(({ householdNumber }) => status.get(householdNumber) === 'none');
    expect(monitored).toHaveLength(4);
    expect([exited, marginal].includes(undefined)).toBe(false);
    const { headers, rows } = await surveySheet(evaluator, evaluation.id);
    const drawn = rows.filter((row) => row['样本类别'] === '样本户');
    // First each in the rate it does not belong to: refused. Then where it belongs: five persons found, two registered.
    const mistaken = drawn.flatMap((row) => {
      if (row['户编号'] === exited?.householdNumber) return [interviewed(row, judged({ 漏评人数: '1' }))];
      if (row['户编号'] === marginal?.householdNumber) return [interviewed(row, judged({ 错退人数: '1' }))];
      return [];
    });
    const upload = async (name: string, filled: typeof drawn) =>
      bringReturns(offices, evaluation.id, await writeSheet(headers, filled), name);
    const refused = await upload('错填.xlsx', mistaken);
    expect(refused).toMatchObject({ accepted: 0, refused: 2 });
    const problems = await call(office, listReturnProblems, { params: { ...params(), fileId: refused.id } });
    expect(problems.rows.map(({ code }) => code).sort()).toEqual([
      'RETURN_MISSED_STRATUM',
      'RETURN_WRONG_EXIT_STRATUM',
    ]);
    const filled = drawn.map((row) => {
      if (row['户编号'] === exited?.householdNumber) return interviewed(row, judged({ 实有人口: '5', 错退人数: '5' }));
      return interviewed(row, row['户编号'] === marginal?.householdNumber ? judged({ 漏评人数: '1' }) : {});
    });
    expect(await upload('问卷.xlsx', filled)).toMatchObject({ accepted: drawn.length, refused: 0 });
    const { version } = await call(office, getEvaluation, { params: params() });
    const { county, strata } = await call(office, computeRates, { params: params(), body: { version } });
    const households = (of: string) => sample.filter((row) => status.get(row.householdNumber) === of).length;
    expect(county.wrongExit).toMatchObject({
      hits: 2,
      cases: 2 * households('exited'),
      found: { hits: 5, cases: 2 * households('exited') + 3 },
    });
    expect(county.missed).toMatchObject({ hits: 1, cases: 2 * households('none') });
    // 16 persons registered poor, 32 exited and 32 not registered of 80, monitored or not.
    const [wrong, missed] = [county.wrongExit.value ?? 0, county.missed.value ?? 0];
    expect(county.composite.value).toBeCloseTo((16 + wrong * 32 + missed * 32) / 80, 12);
    expect(strata.find(({ stratum }) => stratum === 'monitored')?.rates).toMatchObject({
      wrongExit: { hits: 2 },
      missed: { hits: 1 },
    });
  });
});

describe('given a result that the release before kept', () => {
  it('when it is read, then its ratios and verdict stay as given, its intervals are left out, and it says so', async () => {
    const now = await call(office, getRates, { params: params() });
    expect(now.former).toBe(false);
    const keep = (verdict: string, id: string) =>
      sqlAs(
        world.urls.migrator,
        `INSERT INTO rate_result (id, evaluation_id, county_code, result, computed_at)
         VALUES ('${id}', '${evaluation.id}', '211382000000',
           '${JSON.stringify({ ...FORMER_RESULT, county: { ...FORMER_RESULT.county, verdict } })}', now())`,
      );
    await keep('accepted', 'ffffffff-0000-7000-8000-000000000001');
    const accepted = await call(office, getRates, { params: params() });
    expect(accepted).toMatchObject({
      former: true,
      thresholds: { compositeBp: 200, minHouseholds: 30 },
      county: {
        verdict: 'accepted',
        wrongExit: { hits: 0, cases: 104, value: 0, met: true, weighted: { value: 0, interval: null } },
        composite: { met: true, verdict: 'accepted' },
      },
    });
    expect(JSON.stringify([accepted.townships, accepted.strata])).not.toContain('verdict');
    await keep('incomplete', 'ffffffff-0000-7000-8000-000000000002');
    expect((await call(office, getRates, { params: params() })).county.verdict).toBe('not-shown');
    const home = await call(office, everyService('evaluation').getHome, {});
    expect(home.figures.find(({ key }) => key === 'missedRate')?.value).toBe(120);
    const { version } = await call(office, getEvaluation, { params: params() });
    await call(office, computeRates, { params: params(), body: { version } });
    const { rows } = await sqlAs(world.urls.migrator, 'SELECT count(*)::int AS n FROM rate_result');
    expect(rows).toEqual([{ n: 4 }]);
  });
});

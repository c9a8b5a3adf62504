import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import type { Operation } from '@bangfu/contracts/core/operation';
import {
  createEvaluation,
  type Evaluation,
  getEvaluation,
  listEvaluations,
  listFrame,
  verifyEvaluationRecords,
} from '@bangfu/contracts/evaluation/evaluations';
import { computeRates, getRates } from '@bangfu/contracts/evaluation/rates';
import { listReturnFiles } from '@bangfu/contracts/evaluation/returns';
import { downloadSurveyWorkbook, listSample, verifySample } from '@bangfu/contracts/evaluation/samples';
import type { Grant } from '@bangfu/domain/shared/roles';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../app.ts';
import { readSheet, writeSheet } from '../../testing/field-work.ts';
import { bringHouseholds } from '../../testing/register.ts';
import {
  answerTo,
  bringReturns,
  COUNTY,
  drawnEvaluation,
  interviewed,
  judged,
  PLAN,
  REGISTER,
  refusal,
  sqlAs,
  surveySheet,
  threeOffices,
} from '../../testing/small-county.ts';

let world: TestService;
let office: Connection;
let auditor: Connection;
let evaluation: Evaluation;

const params = () => ({ evaluationId: evaluation.id });
const evaluatorOf = (id: string, regions: string[], services = ['evaluation']): Grant => ({
  role: 'evaluator',
  scope: { kind: 'evaluation', id, regions, services },
});

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  auditor = world.as('auditor', grant('auditor'));
  await bringHouseholds(world.urls.app, REGISTER);
  const offices = threeOffices(world);
  evaluation = await drawnEvaluation(world, offices);
  world.setNow(new Date('2026-07-05T02:00:00Z'));
  const evaluator = world.as('surveyor', evaluatorOf(evaluation.id, [COUNTY]));
  const { headers, rows } = await surveySheet(evaluator, evaluation.id);
  const sample = await call(evaluator, listSample, { params: params(), query: { stratum: 'exited', limit: 500 } });
  const exited = new Set(sample.rows.map((row) => row.householdNumber));
  const isExited = (row: Record<string, string>) => exited.has(row['户编号'] ?? '');
  const drawn = rows.filter((row) => row['样本类别'] === '样本户');
  const filled = drawn.map((row) => interviewed(row, row === drawn.find(isExited) ? judged({ 错退人数: '1' }) : {}));
  await bringReturns(offices, evaluation.id, await writeSheet(headers, filled));
  await call(office, computeRates, { params: params(), body: { version: evaluation.version } });
  evaluation = await call(office, getEvaluation, { params: params() });
});
afterAll(() => world.stop());

describe('given an evaluator', () => {
  const place = '211382100000';
  const evaluator = () => world.as('evaluator', evaluatorOf(evaluation.id, [place]));

  it('when he looks within his grant, then he sees his sample by name, the rest masked, and each look is written down', async () => {
    const { rows } = await call(evaluator(), listEvaluations, {});
    expect(rows.map((row) => row.id)).toEqual([evaluation.id]);
    const sample = await call(evaluator(), listSample, { params: params(), query: { limit: 500 } });
    expect(sample.total).toBe(16);
    expect(sample.rows.every((row) => row.villageCode.startsWith('211382100'))).toBe(true);
    expect(sample.rows[0]?.headName).toMatch(/户主\d+$/);
    const frame = await call(evaluator(), listFrame, { params: params() });
    expect(frame.total).toBe(20);
    expect(frame.rows.every((row) => /^[赵钱]\*+$/.test(row.headName))).toBe(true);
    const workbook = await send(evaluator(), downloadSurveyWorkbook, { params: params() });
    expect((await readSheet(new Uint8Array(await workbook.arrayBuffer()))).rows).toHaveLength(16);
    await call(evaluator(), getRates, { params: params() });
    const looks = await sqlAs(
      world.urls.migrator,
      `SELECT DISTINCT action FROM platform.audit_entry WHERE account_name = 'evaluator' ORDER BY action`,
    );
    expect(looks.rows.map(({ action }) => action)).toEqual([
      'evaluation.frame.read',
      'evaluation.rates.read',
      'evaluation.sample.read',
      'evaluation.workbook.downloaded',
    ]);
  });

  it('when he looks outside his evaluation, his region or his services, then there is nothing or he is refused', async () => {
    const other = world.as('other', evaluatorOf('0190a0a0-0000-7000-8000-000000000000', [COUNTY]));
    const away = world.as('away', evaluatorOf(evaluation.id, ['611026000000']));
    const elsewhere = world.as('elsewhere', evaluatorOf(evaluation.id, [COUNTY], ['pairing']));
    const reading = [
      getEvaluation,
      listSample,
      listFrame,
      verifySample,
      downloadSurveyWorkbook,
      listReturnFiles,
      getRates,
    ];
    for (const op of reading as readonly Operation[]) {
      expect([op.id, await answerTo(other, op, evaluation.id)]).toEqual([op.id, '404 NOT_FOUND']);
      expect([op.id, await answerTo(away, op, evaluation.id)]).toEqual([op.id, '404 NOT_FOUND']);
      expect([op.id, await answerTo(elsewhere, op, evaluation.id)]).toEqual([op.id, '403 NOT_GRANTED']);
      expect([op.id, await answerTo(world.anonymous, op, evaluation.id)]).toEqual([op.id, '401 NOT_SIGNED_IN']);
    }
  });

  it('when he calls anything that changes something, then he is refused', async () => {
    const changing = ALL_OPERATIONS.filter(
      (op) => op.owner === 'evaluation' && op.method !== 'GET' && op.access !== 'signed-in',
    );
    expect(changing.length).toBeGreaterThan(8);
    for (const op of changing)
      expect([op.id, await answerTo(evaluator(), op, evaluation.id)]).toEqual([op.id, '403 NOT_GRANTED']);
  });

  it('then the auditor sees the sample with names masked, a leader may look, others may not', async () => {
    const { rows } = await call(auditor, listSample, { params: params() });
    expect(rows[0]?.headName).toMatch(/^[赵钱孙李]\*+$/);
    const leader = world.as('leader', grant('county-leader'));
    expect((await call(leader, getEvaluation, { params: params() })).id).toBe(evaluation.id);
    expect(await refusal(call(leader, createEvaluation, { body: PLAN }))).toBe('403 NOT_GRANTED');
    const village = world.as('village', grant('village-officer', '211382100200'));
    expect(await refusal(call(village, getEvaluation, { params: params() }))).toBe('403 NOT_GRANTED');
    const foreign = world.as('foreign', grant('county-office', '611026000000'));
    expect(await refusal(call(foreign, getEvaluation, { params: params() }))).toBe('404 NOT_FOUND');
    expect(await refusal(call(foreign, createEvaluation, { body: PLAN }))).toBe('404 NOT_FOUND');
  });
});

describe('given frozen and sealed records', () => {
  const TABLES = [
    'frame_row',
    'frame_register',
    'sample_village',
    'sample_row',
    'return_file',
    'household_return',
    'return_problem',
    'rate_result',
  ];

  it.each(TABLES)('when the application itself would change %s, then the database refuses', async (table) => {
    for (const text of [`UPDATE ${table} SET county_code = county_code`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await expect(sqlAs(world.urls.app, text)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(sqlAs(world.urls.read, `UPDATE ${table} SET county_code = 'x'`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('when the owner of the database tampers with them, then the verification names each', async () => {
    const clean = await call(auditor, verifyEvaluationRecords, {});
    // One frame, one sample, one file, twenty returns.
    expect(clean).toEqual({ checked: 23, unsealed: 0, broken: [] });
    const number = REGISTER[12]?.number;
    await sqlAs(
      world.urls.migrator,
      `UPDATE household_return SET answer = jsonb_set(answer, '{wronglyExited}', '0') WHERE answer->>'wronglyExited' = '1'`,
    );
    const returns = await call(auditor, verifyEvaluationRecords, {});
    expect(returns.broken.map(({ what }) => what)).toEqual(['return changed']);
    await sqlAs(world.urls.migrator, `UPDATE frame_row SET persons = 3 WHERE household_number = '${number}'`);
    const both = await call(auditor, verifyEvaluationRecords, {});
    expect(both.broken.map(({ what }) => what)).toEqual(['frame changed', 'return changed']);
    expect(await call(auditor, verifySample, { params: params() })).toMatchObject({ frame: { holds: false } });
    expect(await refusal(call(office, computeRates, { params: params(), body: { version: evaluation.version } }))).toBe(
      '422 FRAME_CHANGED',
    );
    await sqlAs(world.urls.migrator, `UPDATE frame_row SET persons = 2 WHERE household_number = '${number}'`);
    await sqlAs(
      world.urls.migrator,
      `UPDATE frame_register SET monitored = NOT monitored WHERE household_number = '${number}'`,
    );
    const register = await call(auditor, verifyEvaluationRecords, {});
    expect(register.broken.map(({ what }) => what)).toContain('register values changed');
    await sqlAs(
      world.urls.migrator,
      `UPDATE return_file SET signer = repeat('0', 64); UPDATE evaluation SET evaluator_key = repeat('0', 64)`,
    );
    const signature = await call(auditor, verifyEvaluationRecords, {});
    expect(signature.broken.map(({ what }) => what)).toContain('signature does not hold');
    await sqlAs(
      world.urls.migrator,
      `UPDATE sample_row SET position = 90 + position WHERE household_number IN (SELECT min(household_number) FROM sample_row)`,
    );
    const sample = await call(auditor, verifyEvaluationRecords, {});
    expect(sample.broken.map(({ what }) => what)).toContain('sample changed');
  });
});

import { createHash } from 'node:crypto';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import {
  createEvaluation,
  downloadFrame,
  type Evaluation,
  freezeFrame,
  getEvaluation,
  registerEvaluatorKey,
  reviseEvaluation,
} from '@bangfu/contracts/evaluation/evaluations';
import { computeRates, getRates } from '@bangfu/contracts/evaluation/rates';
import { downloadReturnFile, listReturnProblems } from '@bangfu/contracts/evaluation/returns';
import { drawEvaluationSample, listSample, publishSeed, verifySample } from '@bangfu/contracts/evaluation/samples';
import { type Frame, makeFrame, STRATUM_NAMES } from '@bangfu/domain/evaluation/frame';
import { exactInterval } from '@bangfu/domain/evaluation/interval';
import { drawSample } from '@bangfu/domain/evaluation/sampler';
import { sha256 } from '@bangfu/platform/audit/hash';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../app.ts';
import { type SheetCells, writeSheet } from '../../testing/field-work.ts';
import { bringHouseholds, type TestHousehold } from '../../testing/register.ts';
import {
  planned,
  bringReturns,
  COUNTY,
  frozenEvaluation,
  interviewed,
  judged,
  type Offices,
  PLAN,
  REGISTER,
  refusal,
  SEED,
  SEED_DAY,
  SIGNER,
  signed,
  sqlAs,
  surveySheet,
  threeOffices,
} from '../../testing/small-county.ts';

let world: TestService;
let office: Connection;
let offices: Offices;
let auditor: Connection;
let evaluation: Evaluation;

const params = () => ({ evaluationId: evaluation.id });
const evaluator = () =>
  world.as('evaluator', {
    role: 'evaluator',
    scope: { kind: 'evaluation', id: evaluation.id, regions: [COUNTY], services: ['evaluation'] },
  });
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  offices = threeOffices(world);
  office = offices.freezing;
  auditor = world.as('auditor', grant('auditor'));
  await bringHouseholds(world.urls.app, REGISTER);
});
afterAll(() => world.stop());

describe('given a register and a plan', () => {
  it('when the plan is made and revised, then versions guard it and the dates must be in order', async () => {
    expect(await refusal(call(office, createEvaluation, { body: { ...PLAN, fieldTo: '2026-06-01' } }))).toBe(
      '422 EVALUATION_PERIOD_INVALID',
    );
    const draft = await call(office, createEvaluation, { body: { ...PLAN, frameDate: '2026-06-29' } });
    expect(draft).toMatchObject({ state: 'draft', version: 1, frame: null });
    const at = { params: { evaluationId: draft.id } };
    expect(await refusal(call(office, freezeFrame, { ...at, body: { version: 1 } }))).toBe('422 FRAME_DATE_NOT_TODAY');
    const tooMany = { ...PLAN, design: { ...PLAN.design, villages: 500 } };
    const asked = await planned(office, tooMany);
    const freeze = call(office, freezeFrame, { params: { evaluationId: asked.id }, body: { version: 1 } });
    // While the plan can still be changed: a frozen frame never can.
    expect(await refusal(freeze)).toBe('422 SAMPLE_VILLAGES_INVALID');
    evaluation = await call(office, reviseEvaluation, { ...at, body: { ...PLAN, version: 1 } });
    expect(evaluation).toMatchObject({ frameDate: '2026-06-30', version: 2 });
    expect(await refusal(call(office, reviseEvaluation, { ...at, body: { ...PLAN, version: 1 } }))).toBe(
      '409 CHANGED_MEANWHILE',
    );
  });

  it('when the frame is frozen, then it is the whole register with the published hash, and never changes', async () => {
    expect(
      await refusal(call(offices.seeding, publishSeed, { params: params(), body: { version: 2, seed: SEED } })),
    ).toBe('422 EVALUATION_NOT_FROZEN');
    evaluation = await call(office, registerEvaluatorKey, { params: params(), body: { version: 2, ...SIGNER } });
    await call(office, freezeFrame, { params: params(), body: { version: evaluation.version } });
    evaluation = await frozenEvaluation(office, evaluation.id);
    expect(evaluation.frame).toMatchObject({
      households: 40,
      persons: 80,
      withoutMembers: 0,
      totals: {
        'registered-poor': { households: 8, persons: 16 },
        exited: { households: 16, persons: 32 },
        monitored: { households: 0, persons: 0 },
        general: { households: 16, persons: 32 },
      },
    });
    const text = await (await send(office, downloadFrame, { params: params() })).text();
    expect(createHash('sha256').update(text).digest('hex')).toBe(evaluation.frame?.hash);
    await bringHouseholds(world.urls.app, [{ ...REGISTER[0], status: 'exited', persons: 5 } as TestHousehold]);
    expect(await (await send(office, downloadFrame, { params: params() })).text()).toBe(text);
  });

  it('when the seed is published, then the sample is the one an outsider draws, and drawn again it is the same', async () => {
    const body = { version: evaluation.version };
    const publish = (seed: string) => call(offices.seeding, publishSeed, { params: params(), body: { ...body, seed } });
    expect(await refusal(publish(SEED))).toBe('422 SEED_EVENT_NOT_YET');
    world.setNow(SEED_DAY);
    expect(await refusal(publish('种子'.repeat(15)))).toBe('422 SEED_INVALID');
    evaluation = await publish(SEED);
    expect(evaluation.seed).toMatchObject({
      text: SEED,
      source: '福利彩票 2026-07-01',
      publishedAt: '2026-07-01T02:00:00.000Z',
    });
    evaluation = await call(office, drawEvaluationSample, { params: params(), body: { version: evaluation.version } });
    expect(evaluation.sample).toMatchObject({ villages: 4, households: 20, replacements: 12 });
    expect(
      await refusal(call(office, drawEvaluationSample, { params: params(), body: { version: evaluation.version } })),
    ).toBe('422 EVALUATION_NOT_SEEDED');
    const frame = (await (await send(office, downloadFrame, { params: params() })).json()) as Frame;
    const outside = drawSample(makeFrame(frame.date, frame.rows), PLAN.design, SEED, sha256);
    const rows = (await call(evaluator(), listSample, { params: params(), query: { role: 'sample', limit: 500 } }))
      .rows;
    expect(rows.map((row) => row.householdNumber).sort()).toEqual(
      outside.flatMap((v) => v.sample.map((h) => h.householdNumber)).sort(),
    );
    expect(new Set(rows.map((row) => row.weight))).toEqual(new Set([2]));
    const verified = await call(auditor, verifySample, { params: params() });
    expect(verified).toMatchObject({ frame: { holds: true }, sample: { holds: true } });
    expect(verified.sample.drawnAgain).toBe(evaluation.sample?.hash);
  });
});

const HEADERS: string[] = [];
let sheet: SheetCells[] = [];
let first: { id: string; bytes: Buffer } = { id: '', bytes: Buffer.alloc(0) };

/** What the register says of the frame's households; the workbook does not. */
const stratumOf = new Map<string, string>();
const pick = (village: string, stratum: string, role = '样本户') =>
  sheet.find(
    (row) => row['行政村'] === village && stratumOf.get(row['户编号'] ?? '') === stratum && row['样本类别'] === role,
  ) ?? {};
const upload = (name: string, body: Buffer) => bringReturns(offices, evaluation.id, body, name);

describe('given the drawn sample', () => {
  it('when the workbook is fetched, then it holds a row a household with names and blank answers', async () => {
    const read = await surveySheet(evaluator(), evaluation.id);
    const { rows } = await call(evaluator(), listSample, { params: params(), query: { limit: 500 } });
    for (const row of rows) stratumOf.set(row.householdNumber, STRATUM_NAMES[row.stratum]);
    HEADERS.push(...read.headers);
    sheet = read.rows;
    expect(sheet.filter((row) => row['样本类别'] === '样本户')).toHaveLength(20);
    expect(sheet.filter((row) => row['样本类别'] === '替换户')).toHaveLength(12);
    expect(sheet[0]?.['户主姓名']).toMatch(/^[赵钱孙李]户主\d+$/);
    expect(sheet.every((row) => row['调查结果'] === '')).toBe(true);
  });

  it('when a filled file comes back, then good rows count, bad ones are named, and the file is kept as it was', async () => {
    world.setNow(new Date('2026-07-05T02:00:00Z'));
    const wrongExit = pick('东街村', '脱贫户');
    const refused = pick('西街村', '一般农户');
    const replacing = pick('西街村', '一般农户', '替换户');
    const tooEarly = pick('河沿村', '一般农户', '替换户');
    const missed = pick('北店村', '一般农户');
    const against = [pick('东街村', '未脱贫户'), pick('河沿村', '未脱贫户')];
    const filled = sheet.map((row) => {
      if (row === wrongExit) return interviewed(row, { 错退人数: '1', 认定理由: '住房为 D 级危房' });
      if (row === refused) return { ...row, 调查员: '评估员甲', 调查日期: '2026-07-02', 调查结果: '拒绝访谈' };
      if (row === missed) return interviewed(row, judged({ 漏评人数: '2' }));
      if (against.includes(row)) return interviewed(row, { 是否认可: '不认可' });
      if (row['样本类别'] === '替换户' && row !== replacing && row !== tooEarly) return row;
      return interviewed(row);
    });
    const stranger = interviewed({ ...sheet[0], 问卷编号: 'x-1', 户编号: '9999999999' });
    const bytes = await writeSheet(HEADERS, [...filled, stranger]);
    const file = await upload('第一批.xlsx', bytes);
    expect(file).toMatchObject({ rows: 23, accepted: 20, refused: 3, problems: 3 });
    expect(file.signed).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fingerprint: SIGNER.fingerprint,
      workbook: '第一批.xlsx',
    });
    const { rows: problems } = await call(evaluator(), listReturnProblems, {
      params: { ...params(), fileId: file.id },
    });
    expect(problems.map(({ code, household, column }) => [code, household, column]).sort()).toEqual(
      [
        ['RETURN_EVIDENCE_MISSING', wrongExit['户编号'], '证据校验值'],
        ['RETURN_NOT_IN_SAMPLE', '9999999999', '户编号'],
        ['RETURN_REPLACEMENT_NOT_DUE', tooEarly['户编号'], '样本类别'],
      ].sort(),
    );
    expect(problems[0]?.row).toBe(filled.findIndex((row) => row['户编号'] === problems[0]?.household) + 2);
    const kept = send(office, downloadReturnFile, { params: { ...params(), fileId: file.id } });
    expect(await refusal(kept)).toBe('422 SAMPLE_CLOSED');
    first = { id: file.id, bytes };
    expect(await refusal(upload('又一次.xlsx', bytes))).toBe('422 RETURN_FILE_TWICE');
    expect(await refusal(upload('别的.csv', Buffer.from('甲,乙\n1,2\n')))).toBe('422 NOT_A_RETURN_FILE');
  });

  it('when the missing row and a correction come in another file, then the rates are those computed by hand', async () => {
    const wrongExit = pick('东街村', '脱贫户');
    const corrected = pick('河沿村', '脱贫户');
    const number = corrected['户编号'];
    const more = [
      interviewed(wrongExit, judged({ 错退人数: '1' })),
      interviewed(corrected, { 问卷编号: `${number}-2`, 更正问卷编号: `${number}-1`, 住房安全: '否' }),
    ];
    const file = await upload('补充.csv', await writeSheet(HEADERS, more, 'csv'));
    expect(file).toMatchObject({ rows: 2, accepted: 2, problems: 0 });
    // Every household of the sample has its return now, so that the files are open to the office.
    const back = await send(office, downloadReturnFile, { params: { ...params(), fileId: first.id } });
    const sealed = signed(evaluation.id, first.bytes, { name: '第一批.xlsx' });
    expect(Buffer.from(await back.arrayBuffer()).equals(sealed)).toBe(true);
    evaluation = await call(office, getEvaluation, { params: params() });
    expect(evaluation.returns).toEqual({ files: 2, accepted: 22, problems: 3, outstanding: 0 });
    const result = await call(office, computeRates, { params: params(), body: { version: evaluation.version } });
    expect(result).toMatchObject({ returns: 21, coverage: { sampled: 20, interviewed: 19, replaced: 1, missing: 0 } });
    const { wrongExit: w, missed: m, approval: a, composite: c, verdict } = result.county;
    // 1 of 16 persons exited, 2 of 16 not registered, 18 of 20 households; (16 + 1/16 × 32 + 2/16 × 32) ÷ 80.
    expect(w).toMatchObject({ hits: 1, cases: 16, value: 0.0625, met: false });
    expect(m).toMatchObject({ hits: 2, cases: 16, value: 0.125, met: false });
    expect(a).toMatchObject({ hits: 18, cases: 20, value: 0.9, met: true });
    expect(c.value).toBeCloseTo(0.275, 12);
    // Twenty interviews show nothing, whatever their ratio.
    expect(verdict).toBe('not-shown');
    expect(w).toMatchObject({ verdict: 'not-shown', reason: 'few-households', households: 8, caseHouseholds: 1 });
    // One case household of eight, two in a village: exact bounds of 8 ÷ 1.05 households.
    expect(w.weighted).toEqual({ value: 0.0625, interval: exactInterval(0.0625, 8 / 1.05) });
    expect(result.townships.map(({ name, rates }) => [name, rates.wrongExit.hits, rates.missed.hits])).toEqual([
      ['南街街道', 1, 0],
      ['城关镇', 0, 2],
    ]);
    // Two villages of a township are too few to estimate from; neither townships nor strata have a verdict.
    expect(result.townships.map(({ villages, rates }) => [villages, rates.wrongExit.weighted])).toEqual([
      [2, null],
      [2, null],
    ]);
    expect(JSON.stringify([result.townships, result.strata])).not.toContain('verdict');
    expect(result.strata.map(({ stratum, sampled, persons }) => [stratum, sampled, persons])).toEqual([
      ['registered-poor', 4, 16],
      ['exited', 8, 32],
      ['monitored', 0, 0],
      ['general', 8, 32],
    ]);
    expect(await call(auditor, getRates, { params: params() })).toEqual(result);
    evaluation = await call(office, getEvaluation, { params: params() });
    expect(evaluation).toMatchObject({ state: 'computed', verdict: 'not-shown' });
  });

  it('then frame, sample and rates were told to others, in this order', async () => {
    const { rows } = await sqlAs(
      world.urls.migrator,
      'SELECT type, key FROM platform.outbox_event ORDER BY occurred_at, type',
    );
    expect(rows).toEqual([
      { type: 'evaluation.frame.frozen.v1', key: evaluation.id },
      { type: 'evaluation.sample.drawn.v1', key: evaluation.id },
      { type: 'evaluation.rates.computed.v1', key: evaluation.id },
    ]);
  });
});

import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { fullPath, type Operation } from '@bangfu/contracts/core/operation';
import { downloadDiscrepancies, listDiscrepancies } from '@bangfu/contracts/evaluation/discrepancies';
import { type Evaluation, EVALUATION_READERS, getEvaluation } from '@bangfu/contracts/evaluation/evaluations';
import { listReturnFiles, listReturnProblems, ReturnFile, uploadReturns } from '@bangfu/contracts/evaluation/returns';
import { listSample, type SampleRow } from '@bangfu/contracts/evaluation/samples';
import { STRATUM_NAMES } from '@bangfu/domain/evaluation/frame';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { makeKey, readPrivateKey } from '@bangfu/verifier/signed-file';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../app.ts';
import { readSheet, type SheetCells, writeSheet } from '../../testing/field-work.ts';
import { bringHouseholds } from '../../testing/register.ts';
import {
  bringReturns,
  COUNTY,
  drawnEvaluation,
  interviewed,
  type Offices,
  REGISTER,
  refusal,
  signed,
  sqlAs,
  surveySheet,
  threeOffices,
} from '../../testing/small-county.ts';

const FIELD_DAY = new Date('2026-07-05T02:00:00Z');
const AFTER_FIELD = new Date('2026-07-21T02:00:00Z');
const { getDossier } = everyService('evaluation');

let world: TestService;
let offices: Offices;
let evaluation: Evaluation;
let evaluator: Connection;
let sample: SampleRow[];
let sheet: { headers: string[]; rows: SheetCells[] };
let visited: SheetCells[];

const params = () => ({ evaluationId: evaluation.id });
const evaluatorOf = (id: string): Grant => ({
  role: 'evaluator',
  scope: { kind: 'evaluation', id, regions: [COUNTY], services: ['evaluation'] },
});
const grantOf = (role: Role): Grant => (role === 'evaluator' ? evaluatorOf(evaluation.id) : grant(role));

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  offices = threeOffices(world);
  await bringHouseholds(
    world.urls.app,
    REGISTER.map((each) => ({ ...each, perCapitaIncomeFen: 600_000 })),
  );
  evaluation = await drawnEvaluation(world, offices);
  world.setNow(FIELD_DAY);
  evaluator = world.as('evaluator', evaluatorOf(evaluation.id));
  sample = (await call(evaluator, listSample, { params: params(), query: { limit: 500 } })).rows;
  sheet = await surveySheet(evaluator, evaluation.id);
  const drawn = sheet.rows.filter((row) => row['样本类别'] === '样本户');
  visited = drawn.slice(0, 12);
});
afterAll(() => world.stop());

describe('given the enumerators’ workbook', () => {
  it('then no cell of any column is a value of the register, and the answers are blank', () => {
    expect(sheet.rows.length).toBe(sample.length);
    const identifying = ['问卷编号', '户编号', '乡镇', '行政村', '户主姓名', '样本类别', '替换组', '抽取顺序'];
    const words = [...Object.values(STRATUM_NAMES), ...REGISTER.map((each) => each.status as string), '6000.00', '2'];
    for (const header of sheet.headers) {
      const cells = sheet.rows.map((row) => row[header] ?? '');
      if (!identifying.includes(header)) expect([header, ...new Set(cells)]).toEqual([header, '']);
      else if (header !== '抽取顺序')
        expect([header, cells.filter((cell) => words.includes(cell))]).toEqual([header, []]);
    }
  });

  it('then neither order, group nor position follows the strata', () => {
    const drawn = sheet.rows.filter((row) => row['样本类别'] === '样本户');
    const keys = drawn.map((row) => `${row['乡镇']}${row['户编号']}`);
    expect(drawn.every((row) => row['抽取顺序'] === '')).toBe(true);
    const villages = Map.groupBy(drawn, (row) => row['行政村']);
    for (const rows of villages.values()) {
      expect(rows.map((row) => row['户编号'])).toEqual(rows.map((row) => row['户编号']).toSorted());
      // The first household of a village is in its first group, whatever its stratum.
      expect(rows[0]?.['替换组']).toBe('甲');
    }
    expect(new Set(keys).size).toBe(drawn.length);
  });

  it('then each group is one stratum of one village, so that replacements can be used in order', () => {
    const stratum = new Map(sample.map((row) => [row.householdNumber, row.stratum]));
    for (const rows of Map.groupBy(sheet.rows, (row) => `${row['行政村']}${row['替换组']}`).values())
      expect(new Set(rows.map((row) => stratum.get(row['户编号'] ?? ''))).size).toBe(1);
  });
});

describe('given a file of returns', () => {
  const upload = (by: keyof Offices, body: Buffer) =>
    callJob(offices[by], uploadReturns, ReturnFile, { params: params(), query: { name: 'x.signed.zip' }, body });

  it('when the workbook in it is made to be expensive, then it is refused, and nothing of it stays', async () => {
    const bring = (body: Buffer, name: string) => bringReturns(offices, evaluation.id, body, name);
    expect(await bringHostile(world, bring)).toEqual([]);
  }, 60_000);

  it('when it is unsigned, altered, of another signer, purpose or evaluation, then it is refused and nothing is kept', async () => {
    const workbook = await writeSheet(
      sheet.headers,
      visited.map((row) => interviewed(row)),
    );
    const right = signed(evaluation.id, workbook);
    const altered = Buffer.from(right);
    altered.writeUInt8((altered[200] ?? 0) ^ 1, 200);
    const refusals = await Promise.all(
      [
        workbook,
        altered,
        signed(evaluation.id, workbook, { key: readPrivateKey(makeKey().privatePem) }),
        signed(evaluation.id, workbook, { kind: 'seed' }),
        signed('0190a0a0-0000-7000-8000-000000000000', workbook),
      ].map((file) => refusal(upload('receiving', file))),
    );
    expect(refusals).toEqual([
      '422 NOT_A_SIGNED_FILE',
      '422 SIGNED_FILE_ALTERED',
      '422 SIGNER_NOT_REGISTERED',
      '422 SIGNED_FOR_OTHER_PURPOSE',
      '422 SIGNED_FOR_OTHER_EVALUATION',
    ]);
    expect(await refusal(upload('freezing', right))).toBe('422 RETURNS_BY_FREEZER');
    expect(await refusal(upload('seeding', right))).toBe('422 RETURNS_BY_SEEDER');
    expect((await call(evaluator, listReturnFiles, { params: params() })).total).toBe(0);
  });

  it('when the evaluator signed it, then his desk shows name, hash, rows, instant and key, and what is missing', async () => {
    const failed = visited[0];
    const filled = visited.map((row) =>
      row === failed
        ? { ...row, 调查员: '甲', 调查日期: '2026-07-02', 调查结果: '拒绝访谈' }
        : interviewed(row, row === visited[1] ? { 是否贫困户: '是', '人均纯收入(元)': '6,000.00' } : {}),
    );
    const stray = { ...interviewed(visited[2] ?? {}), 问卷编号: 'x-9', 户编号: visited[2]?.['户编号'] ?? '' };
    const file = await bringReturns(
      offices,
      evaluation.id,
      await writeSheet(sheet.headers, [...filled, stray]),
      '一.xlsx',
    );
    expect(file).toMatchObject({ rows: 13, accepted: 12, problems: 1, receivedAt: FIELD_DAY.toISOString() });
    expect((await call(evaluator, listReturnFiles, { params: params() })).rows).toEqual([file]);
    const { returns } = await call(evaluator, getEvaluation, { params: params() });
    // Eight of twenty were not visited; the one that refused calls its replacement.
    expect(returns).toMatchObject({ accepted: 12, outstanding: 9 });
  });
});

describe('given returns in any writing that offices have for a list', () => {
  it('then the rows are read as they are meant, or the cell is named, and what was not read is said', async () => {
    world.setNow(FIELD_DAY);
    const numbers = '户编号';
    const rows = visited.slice(2, 4).map((row) => {
      const filled = interviewed(row, { '人均纯收入(元)': '8650.50' });
      return sheet.headers.map((name) => filled[name] ?? '');
    });
    const { answered, right } = await bringWritings(
      { header: sheet.headers, rows, numbers },
      async (body, expected) => {
        const file = await bringReturns(offices, evaluation.id, body);
        const listed = { params: { evaluationId: evaluation.id, fileId: file.id }, query: { limit: 500 } };
        const found = (await call(evaluator, listReturnProblems, listed)).rows;
        expect(found).toHaveLength(file.problems);
        for (const { message, code } of found) expect(message).not.toBe(code);
        const unknown = found.filter(({ code }) => code === 'RETURN_CELL_UNKNOWN');
        const problems = 'problem' in expected ? unknown.map((each) => ({ ...each, code: expected.problem })) : unknown;
        // The same two interviews stand in every writing; after the first, both numbers are taken.
        if ('taken' in expected) expect(file.rows).toBe(2);
        return { problems, warnings: found.filter(({ code }) => /^(SHEET|COLUMN)_/.test(code)) };
      },
    );
    expect(answered).toEqual(right);
  });
});

/** Every question about an evaluation or its households that a role may ask. */
const questions = (role: Role): Operation[] =>
  ALL_OPERATIONS.filter(
    (op) =>
      op.owner === 'evaluation' &&
      op.method === 'GET' &&
      Array.isArray(op.access) &&
      op.access.includes(role) &&
      // The frame is every household of the county and does not say which of them are in the sample.
      !['listFrame', 'downloadFrame'].includes(op.id),
  );

async function answerOf(caller: Connection, op: Operation, household: string, fileId: string): Promise<string> {
  const path = fullPath(op)
    .replace('{evaluationId}', evaluation.id)
    .replace('{fileId}', fileId)
    .replace('{householdNumber}', household)
    .replace(/\{\w+\}/, evaluation.id);
  const answer = await (caller.fetch ?? fetch)(`${caller.baseUrl}${path}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.ok && op.answers === 'file') {
    if (path.includes('.xlsx')) return JSON.stringify(await readSheet(bytes));
    return bytes.toString('latin1');
  }
  return bytes.toString('utf8');
}

describe.each([
  ['while returns are missing', FIELD_DAY, false],
  ['when the field period is over', AFTER_FIELD, true],
] as const)('given the sample %s', (_, now, isOpen) => {
  it.each(EVALUATION_READERS)('then %s learns who is in it only if it is open to him', async (role) => {
    world.setNow(now);
    const caller = world.as(`a-${role}`, grantOf(role));
    const asked = questions(role);
    expect(asked.length).toBeGreaterThan(8);
    const file = (await call(evaluator, listReturnFiles, { params: params() })).rows[0]?.id ?? '';
    const household = sample.find((row) => row.householdNumber === visited[3]?.['户编号']);
    const telling: string[] = [];
    for (const op of asked) {
      const text = await answerOf(caller, op, household?.householdNumber ?? '', file);
      const names = sample.flatMap((row) => [row.householdNumber, row.headName]);
      if (names.some((name) => text.includes(name)) || text.includes('访谈完成')) telling.push(op.id);
    }
    if (role === 'evaluator') {
      expect(telling).toEqual(
        expect.arrayContaining(['listSample', 'downloadSurveyWorkbook', 'getEvaluationDossier', 'listReturnProblems']),
      );
    } else if (isOpen) expect(telling).toContain('listSample');
    else expect(telling).toEqual([]);
  });
});

describe('given a sample that is open', () => {
  it('then an auditor reads its names masked, the office as they are', async () => {
    world.setNow(AFTER_FIELD);
    const names = async (caller: Connection) =>
      (await call(caller, listSample, { params: params(), query: { limit: 500 } })).rows.map((row) => row.headName);
    const real = sample.map((row) => row.headName);
    expect((await names(world.as('an-auditor', grant('auditor')))).filter((name) => real.includes(name))).toEqual([]);
    expect((await names(world.as('an-office', grant('county-office')))).toSorted()).toEqual(real.toSorted());
  });
});

describe('given a household of the sample', () => {
  it('then its evaluator reads name and place in the dossier, nobody else that it was visited', async () => {
    world.setNow(FIELD_DAY);
    const row = sample.find((each) => each.householdNumber === visited[3]?.['户编号']);
    const input = { params: { householdNumber: row?.householdNumber ?? '' } };
    const factsOf = async (caller: Connection) => (await call(caller, getDossier, input)).sections[0]?.facts;
    expect(await factsOf(evaluator)).toEqual([
      { label: '户主', value: row?.headName },
      { label: '住址', value: `${row?.townshipName}${row?.villageName}` },
    ]);
    const other = world.as('other', evaluatorOf('0190a0a0-0000-7000-8000-000000000000'));
    for (const caller of [other, world.as('auditor', grant('auditor')), offices.receiving]) {
      expect(await factsOf(caller)).toEqual([]);
      expect((await call(caller, getDossier, input)).timeline).toEqual([]);
    }
    expect((await call(evaluator, getDossier, input)).timeline).toHaveLength(1);
    const unsampled = REGISTER.find(({ number }) => !sample.some((each) => each.householdNumber === number));
    const outside = await call(evaluator, getDossier, { params: { householdNumber: unsampled?.number ?? '' } });
    expect(outside.sections[0]?.facts).toEqual([]);
  });
});

describe('given returns and the register as it was frozen', () => {
  it('then every difference is listed item by item, with kappa per item, and the register’s later changes change nothing', async () => {
    const before = await call(evaluator, listDiscrepancies, { params: params(), query: { limit: 500 } });
    const poor = visited[1]?.['户编号'] ?? '';
    const isPoor = sample.find((row) => row.householdNumber === poor)?.stratum === 'registered-poor';
    // Eleven interviews at 8 650.50 against 6 000.00, one of them at 6 000.00.
    expect(before.rows.filter(({ item }) => item === 'income')).toHaveLength(10);
    expect(before.rows.find(({ item }) => item === 'income')).toMatchObject({ registered: 600_000, found: 865_050 });
    expect(before.rows.filter(({ item }) => item === 'poor').map((row) => row.householdNumber)).toEqual(
      isPoor ? [] : [poor],
    );
    expect(before.agreement.map(({ item, compared, different }) => [item, compared, different])).toEqual([
      ['persons', 11, 0],
      ['income', 11, 10],
      ['poor', expect.any(Number), isPoor ? 0 : 1],
    ]);
    await bringHouseholds(
      world.urls.app,
      REGISTER.map((each) => ({ ...each, persons: 7 })),
    );
    expect(await call(evaluator, listDiscrepancies, { params: params(), query: { limit: 500 } })).toEqual(before);
    const pages = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: { limit: number; cursor?: string } = { limit: 3, ...(cursor ? { cursor } : {}) };
      const page: typeof before = await call(evaluator, listDiscrepancies, { params: params(), query });
      pages.push(...page.rows);
      cursor = page.next;
    }
    expect(pages).toEqual(before.rows);
    const workbook = await send(evaluator, downloadDiscrepancies, { params: params() });
    const { rows } = await readSheet(new Uint8Array(await workbook.arrayBuffer()));
    expect(rows).toHaveLength(before.total);
    const income = rows.find((row) => row['项目'] === '人均纯收入(元)');
    expect(income).toMatchObject({ 登记值: '6,000.00', 调查值: '8,650.50' });
  });
});

describe('given an evaluation that the release before drew, without a key', () => {
  it('then its returns come as they are and are shown as unsigned', async () => {
    world.setNow(FIELD_DAY);
    const other = await drawnEvaluation(world, offices);
    world.setNow(FIELD_DAY);
    await sqlAs(world.urls.migrator, `UPDATE evaluation SET evaluator_key = NULL WHERE id = '${other.id}'`);
    const own = world.as('own-evaluator', evaluatorOf(other.id));
    const { headers, rows } = await surveySheet(own, other.id);
    const file = await callJob(offices.receiving, uploadReturns, ReturnFile, {
      params: { evaluationId: other.id },
      query: { name: '问卷.xlsx' },
      body: await writeSheet(headers, [interviewed(rows[0] ?? {})]),
    });
    expect(file).toMatchObject({ rows: 1, accepted: 1, signed: null });
  });
});

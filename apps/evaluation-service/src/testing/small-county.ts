import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { fullPath, type Operation } from '@bangfu/contracts/core/operation';
import { ProblemError } from '@bangfu/contracts/core/problem';
import {
  createEvaluation,
  type Evaluation,
  freezeFrame,
  getEvaluation,
  registerEvaluatorKey,
} from '@bangfu/contracts/evaluation/evaluations';
import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { ReturnFile, uploadReturns } from '@bangfu/contracts/evaluation/returns';
import { downloadSurveyWorkbook, drawEvaluationSample, publishSeed } from '@bangfu/contracts/evaluation/samples';
import { grant, type TestService, until } from '@bangfu/platform/testing/test-service';
import { makeKey, readPrivateKey, type SignedKind, signFile } from '@bangfu/verifier/signed-file';
import pg from 'pg';
import { readSheet, type SheetCells } from './field-work.ts';
import type { TestHousehold } from './register.ts';

export const SEED = '20260630-08152233044916-05';
export const COUNTY = '211382000000';
const VILLAGES = [
  ['211382100200', '东街村', '南街街道'],
  ['211382100201', '西街村', '南街街道'],
  ['211382101200', '北店村', '城关镇'],
  ['211382101201', '河沿村', '城关镇'],
] as const;
const PATTERN = [
  'registered',
  'exited',
  'none',
  'exited',
  'none',
  'exited',
  'none',
  'exited',
  'none',
  'returned',
] as const;

/** Four villages of ten households of two persons: 2 poor, 4 exited, 4 general in each. */
export const REGISTER: TestHousehold[] = VILLAGES.flatMap(([villageCode, villageName, townshipName], v) =>
  PATTERN.map((status, i) => ({
    number: `${villageCode.slice(6)}${String(i + 1).padStart(4, '0')}`,
    villageCode,
    villageName,
    townshipName,
    headName: `${['赵', '钱', '孙', '李'][v]}户主${i + 1}`,
    status,
    persons: 2,
  })),
);

export const PLAN = {
  name: '二〇二六年县级第三方评估',
  frameDate: '2026-06-30',
  regions: [COUNTY],
  design: { villages: 4, take: { 'registered-poor': 1, exited: 2, monitored: 1, general: 2 }, replacements: 1 },
  fieldFrom: '2026-07-01',
  fieldTo: '2026-07-20',
  seedPlan: { kind: 'public-event' as const, event: '福利彩票', day: '2026-07-01' },
};
/** The day on which the seed's event is, and the field work begins. */
export const SEED_DAY = new Date('2026-07-01T02:00:00Z');

const { privatePem, fingerprint } = makeKey();
const EVALUATOR_KEY = readPrivateKey(privatePem);
/** The evaluator's key of these tests, as the office registers it. */
export const SIGNER = { fingerprint, holder: '评估员甲' };

/** A file as the evaluator of these tests signs it. */
export function signed(
  evaluation: string,
  payload: Buffer,
  about: { kind?: SignedKind; name?: string; key?: typeof EVALUATOR_KEY } = {},
): Buffer {
  const { kind = 'returns', name = '问卷.xlsx', key = EVALUATOR_KEY } = about;
  return signFile(key, { evaluation, kind, name, signedAt: new Date('2026-07-05T01:00:00Z') }, payload);
}

/** The accounts that an evaluation needs: the office's three, and a leader who approves. */
export interface Offices {
  readonly freezing: Connection;
  readonly seeding: Connection;
  readonly receiving: Connection;
  readonly leading: Connection;
}

/** Three accounts of the county office, and a leader's. */
export const threeOffices = (world: TestService): Offices => ({
  freezing: world.as('office', grant('county-office')),
  seeding: world.as('seed-office', grant('county-office')),
  receiving: world.as('returns-office', grant('county-office')),
  leading: world.as('leader', grant('county-leader')),
});

/** Signs a filled sheet and imports it. */
export const bringReturns = (
  { receiving }: Offices,
  evaluationId: string,
  sheet: Buffer,
  name = '问卷.xlsx',
): Promise<ReturnFile> =>
  callJob(receiving, uploadReturns, ReturnFile, {
    params: { evaluationId },
    query: { name: `${name}.signed.zip` },
    body: signed(evaluationId, sheet, { name }),
  });

/** The status and code of a refusal. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.status} ${error.problem.code}`;
    throw error;
  }
  return 'no refusal';
}

/** The status and code an account gets from an operation about one evaluation, whatever its input. */
export async function answerTo(
  { baseUrl, fetch: speak = fetch }: Connection,
  op: Operation,
  id: string,
): Promise<string> {
  const path = fullPath(op).replace(/\{\w+\}/g, id);
  const body = op.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
  const answer = await speak(`${baseUrl}${path}`, { method: op.method, ...body });
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${code}`;
}

/** Runs SQL as one of the database's roles. */
export async function sqlAs(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

/** A household's answers as an enumerator writes them. */
export const interviewed = (row: SheetCells, more: SheetCells = {}): SheetCells => ({
  ...row,
  调查员: '评估员甲',
  调查日期: '2026-07-03',
  调查结果: '访谈完成',
  实有人口: '2',
  '人均纯收入(元)': '8,650.50',
  不愁吃: '是',
  不愁穿: '是',
  义务教育: '是',
  基本医疗: '是',
  住房安全: '是',
  饮水安全: '不清楚',
  错退人数: '0',
  漏评人数: '0',
  是否认可: '认可',
  ...more,
});
/** What a judgement needs besides its number. */
export const judged = (more: SheetCells): SheetCells => ({
  认定理由: '住房为 D 级危房',
  证据校验值: 'ab'.repeat(32),
  ...more,
});

/** Follows an ordered freeze until the frame stands. */
export function frozenEvaluation(office: Connection, evaluationId: string): Promise<Evaluation> {
  return until('the frame is frozen', async () => {
    const now = await call(office, getEvaluation, { params: { evaluationId } });
    return now.state === 'frozen' ? now : null;
  });
}

/** Plans an evaluation. */
export const planned = (
  office: Connection,
  plan: Omit<typeof PLAN, 'seedPlan'> & { readonly seedPlan: EvaluationPlan['seedPlan'] } = PLAN,
): Promise<Evaluation> => call(office, createEvaluation, { body: plan });

/** Plans an evaluation, registers its key and freezes its frame on the frame's day. */
export async function frozenPlan(world: TestService, offices: Offices, plan: object = {}): Promise<Evaluation> {
  world.setNow(new Date('2026-06-30T02:00:00Z'));
  const { id, version } = await planned(offices.freezing, { ...PLAN, ...plan });
  const params = { evaluationId: id };
  const keyed = await call(offices.freezing, registerEvaluatorKey, { params, body: { version, ...SIGNER } });
  await call(offices.freezing, freezeFrame, { params, body: { version: keyed.version } });
  return frozenEvaluation(offices.freezing, id);
}

/** Plans an evaluation and takes it to its drawn sample, by the accounts that must differ. */
export async function drawnEvaluation(world: TestService, offices: Offices): Promise<Evaluation> {
  const frozen = await frozenPlan(world, offices);
  const params = { evaluationId: frozen.id };
  world.setNow(SEED_DAY);
  const { version } = await call(offices.seeding, publishSeed, {
    params,
    body: { version: frozen.version, seed: SEED },
  });
  return call(offices.seeding, drawEvaluationSample, { params, body: { version } });
}

/** The enumerators' workbook as a caller downloads it. */
export async function surveySheet(
  caller: Connection,
  evaluationId: string,
): Promise<{ headers: string[]; rows: SheetCells[] }> {
  const answer = await send(caller, downloadSurveyWorkbook, { params: { evaluationId } });
  return readSheet(new Uint8Array(await answer.arrayBuffer()));
}

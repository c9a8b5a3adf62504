import { IDENTIFICATION_POLICIES, POVERTY_LINE } from '@bangfu/contracts/identification/policies';
import { fen } from '@bangfu/domain/shared/money';
import { businessDay } from '@bangfu/domain/shared/time';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  approveCounty,
  approveTownship,
  getCase,
  listCases,
  openCases,
  recordSurvey,
  withdrawCase,
} from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { caseWalks, FINDINGS } from '../../testing/case-walks.ts';
import { bringRoster, fillRegister, HEADER, idNumber } from '../../testing/register.ts';

const TOWNSHIP = '211382101000';
const VILLAGE = '211382101200';

let world: TestService;
let village: Connection;
let officer: Connection;
let leader: Connection;
let county: Connection;
let office: Connection;
const ids = new Map<string, string>();
const at = (day: string) => world.setNow(new Date(`${day}T04:00:00Z`));
const code = (expected: string) => expect.objectContaining({ problem: expect.objectContaining({ code: expected }) });
const { picked, upToAppraisal, served, verify } = caseWalks({
  office: () => office,
  village: () => village,
  household: (head) => ids.get(head) ?? '',
  at,
});

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  village = world.as('village', grant('village-officer', VILLAGE));
  officer = world.as('officer', grant('township-officer', TOWNSHIP));
  leader = world.as('leader', grant('township-leader', TOWNSHIP));
  county = world.as('county', grant('county-leader'));
  at('2026-05-01');
  await fillRegister(office, [{ number: '21138210100001', head: '甲一', village: '佐杖子村' }]);
  const { rows } = await call(office, listHouseholds, {});
  await call(village, openCases, { body: { householdIds: rows.map(({ id }) => id), on: '2026-05-01' } });
});
afterAll(() => world.stop());

describe('given hands, batches and days', () => {
  it('then who brought the household by an import neither reviews nor approves it, created or changed', async () => {
    const line = (number: string, head: string, running: number, income: string) =>
      `1,凌源市,万元店镇,佐杖子村,${number},${number}01,${head},${idNumber(running, 1970)},1,户主,汉族,小学,健康,普通劳动力,是,,一般贫困户,缺资金,否,是,否,${income}`;
    const importer = world.as('importer', grant('township-officer', TOWNSHIP), grant('township-leader', TOWNSHIP));
    at('2026-06-01');
    await bringRoster(office, `${HEADER}\n${line('21138210100021', '辛八', 21, '2000.00')}\n`);
    await bringRoster(
      importer,
      `${HEADER}\n${line('21138210100021', '辛八', 21, '1900.00')}\n${line('21138210100022', '壬九', 22, '1900.00')}\n`,
    );
    const { rows } = await call(office, listHouseholds, {});
    for (const row of rows) ids.set(row.headName, row.id);
    for (const [head, month] of [
      ['辛八', '06'],
      ['壬九', '07'],
    ] as const) {
      const caseId = await upToAppraisal(head, `2026-${month}-02`);
      await served([caseId], `2026-${month}-03`, `2026-${month}-11`, village);
      await verify(caseId, `2026-${month}-12`, village);
      await served([caseId], `2026-${month}-13`, `2026-${month}-21`, officer);
      at(`2026-${month}-22`);
      const body = { cases: [await picked(caseId)], opinion: '同意' };
      await expect(call(importer, approveTownship, { body })).rejects.toEqual(code('SEPARATION_HOUSEHOLD_ENTERED'));
      const { next, corrections } = await call(importer, getCase, { params: { caseId } });
      expect(next?.refusal).toContain('导入或录入');
      expect(corrections.mayRefuse).toBe(false);
      const waitingFor = async (who: Connection) =>
        (await call(who, listCases, { query: { waiting: 'true' } })).rows.map(({ id }) => id);
      expect(await waitingFor(importer)).not.toContain(caseId);
      expect(await waitingFor(leader)).toContain(caseId);
      await call(leader, approveTownship, { body });
    }
  });

  it('then a household above the line, or without a line of the year, is found to qualify only with a reason', async () => {
    at('2026-09-01');
    const number = '21138210100031';
    const line = `1,凌源市,万元店镇,佐杖子村,${number},${number}01,富一,${idNumber(31, 1970)},1,户主,汉族,小学,健康,普通劳动力,是,,一般贫困户,缺资金,否,是,否,20010.69`;
    await bringRoster(office, `${HEADER}\n${line}\n`);
    const { rows } = await call(office, listHouseholds, { query: { search: number } });
    const day = '2026-09-01';
    const opened = await call(village, openCases, { body: { householdIds: rows.map(({ id }) => id), on: day } });
    const params = { caseId: opened.cases[0]?.id ?? '' };
    const survey = { version: 1, on: day, surveyors: '村干部二人', findings: FINDINGS };
    // No other year's line is used where this one has none.
    const without = { year: 2026, amountFen: null, basis: null, exceeded: false };
    expect((await call(village, getCase, { params })).line).toEqual(without);
    await expect(call(village, recordSurvey, { params, body: survey })).rejects.toMatchObject({
      problem: { code: 'CASE_WITHOUT_LINE', detail: expect.stringContaining('2026 年没有扶贫标准') },
    });
    const { draftPolicy, approvePolicy } = IDENTIFICATION_POLICIES;
    const decided = { document: '省扶办〔2026〕2号', paragraph: '第一条' };
    const ofYear = {
      policy: POVERTY_LINE.key,
      validFrom: businessDay('2026-01-01'),
      value: { amountFen: fen(400_000) },
    };
    const { id } = await call(office, draftPolicy, { body: { ...ofYear, ...decided } });
    await call(county, approvePolicy, { params: { policyId: id }, body: { version: 1 } });
    expect((await call(village, getCase, { params })).line).toEqual({
      year: 2026,
      amountFen: 400_000,
      basis: { id, ...decided },
      exceeded: true,
    });
    await expect(call(village, recordSurvey, { params, body: survey })).rejects.toMatchObject({
      problem: {
        code: 'CASE_INCOME_EXCEEDS_LINE',
        detail: expect.stringContaining('20,010.69 元高于 2026 年扶贫标准 4,000.00 元'),
      },
    });
    await call(village, recordSurvey, { params, body: { ...survey, exceeding: '含一次性征地补偿' } });
    const after = await call(village, getCase, { params });
    expect(after.exceedingExplained).toBe(true);
    expect(after.history[0]?.details).toContainEqual({
      label: '收入高于标准或本年没有标准，仍拟识别的理由',
      value: '含一次性征地补偿',
    });
    await call(village, withdrawCase, { params, body: { version: 2, reason: '核实后不符合' } });
  });

  it('then a batch that cannot be done names every case that stands in the way, by number, name and reason', async () => {
    at('2026-08-03');
    const waiting = await call(county, listCases, { query: { waiting: 'true', step: 'county-approval' } });
    const other = await call(office, listCases, { query: { status: 'open', step: 'survey' } });
    const cases = [...waiting.rows, ...other.rows].map(({ id, version }) => ({ caseId: id, version }));
    expect([waiting.rows.length, other.rows.length > 0]).toEqual([2, true]);
    const refused = call(county, approveCounty, { body: { cases, opinion: '同意' } });
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'CASES_NOT_ALL',
        detail: expect.stringContaining(`${other.rows[0]?.householdNumber} ${other.rows[0]?.headName}：现在不能办理`),
        // A program leaves them out by their ids.
        errors: expect.arrayContaining(other.rows.map(({ id }) => expect.objectContaining({ path: id }))),
      },
    });
  });

  it('then a case is overdue when its step has used up the days of the policy, and the list finds it', async () => {
    const overdue = async () =>
      (await call(office, listCases, { query: { overdue: 'true', step: 'county-approval' } })).rows;
    // The second case went to the county on 22 July and has ten days there.
    world.setNow(new Date('2026-08-01T15:59:59Z'));
    expect((await overdue()).map(({ headName }) => headName)).toEqual(['辛八']);
    world.setNow(new Date('2026-08-01T16:00:00Z'));
    expect(await overdue()).toMatchObject([
      { headName: '壬九', deadline: '2026-08-01', overdueDays: 1 },
      { headName: '辛八', deadline: '2026-07-02', overdueDays: 31 },
    ]);
    const { items } = await call(county, everyService('identification').listWork, {});
    expect(items).toMatchObject([{ kind: 'case-county-approval', due: '2026-07-02', overdue: true }]);
  });
});

import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  announceCases,
  approveCounty,
  approveTownship,
  CASE_BEGINS_FROM,
  getCase,
  listCases,
  openCases,
  recordSurvey,
  sendBackCase,
  withdrawCase,
} from '@bangfu/contracts/identification/cases';
import { listImports, undoImport } from '@bangfu/contracts/identification/imports';
import { getHousehold, listHouseholds } from '@bangfu/contracts/identification/households';
import {
  answerObjection,
  closeNotice,
  fileObjection,
  getNotice,
  getPublicNotice,
  listPublicNotices,
  openNotice,
  trackObjection,
  verifyNotice,
} from '@bangfu/contracts/identification/notices';
import { openPool, type Pool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { caseWalks, FINDINGS, FOUND, WITHOUT_LINE } from '../../testing/case-walks.ts';
import { fillRegister } from '../../testing/register.ts';

const TOWNSHIP = '211382101000';
const VILLAGE = '211382101200';
const OTHER_VILLAGE = '211382101201';
const households = [
  { number: '21138210100001', head: '甲一', village: '佐杖子村', born: 1960 },
  { number: '21138210100002', head: '乙二', village: '佐杖子村' },
  { number: '21138210100003', head: '丙三', village: '佐杖子村' },
  { number: '21138210100004', head: '丁四', village: '康杖子村', born: 1960 },
  { number: '21138210100005', head: '戊五', village: '佐杖子村', status: '未脱贫' },
  { number: '21138210100006', head: '己六', village: '佐杖子村' },
  { number: '21138210100007', head: '庚七', village: '佐杖子村' },
  { number: '21138210100008', head: '癸十', village: '佐杖子村', status: '已脱贫' },
];

let world: TestService;
let database: Pool;
let village: Connection;
let officer: Connection;
let leader: Connection;
let county: Connection;
let office: Connection;
const ids = new Map<string, string>();

/** Noon in Shanghai of a day. */
const noon = (day: string) => new Date(`${day}T04:00:00Z`);
const at = (day: string) => world.setNow(noon(day));
const household = (head: string) => ids.get(head) ?? '';
const code = (expected: string) => expect.objectContaining({ problem: expect.objectContaining({ code: expected }) });
const status = (expected: number) =>
  expect.objectContaining({ problem: expect.objectContaining({ status: expected }) });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  village = world.as('village', grant('village-officer', VILLAGE));
  officer = world.as('officer', grant('township-officer', TOWNSHIP));
  leader = world.as('leader', grant('township-leader', TOWNSHIP));
  county = world.as('county', grant('county-leader'));
  database = openPool(world.urls.app, 1);
  at('2026-03-01');
  await fillRegister(office, households);
  const { rows } = await call(office, listHouseholds, {});
  for (const row of rows) ids.set(row.headName, row.id);
});
afterAll(async () => {
  await database.end();
  await world.stop();
});

const { picked, upToAppraisal, served, verify } = caseWalks({
  office: () => office,
  village: () => village,
  household,
  at,
});

describe('given a household that is not on the register', () => {
  it('when its case walks the eight steps by different people, then it is registered and the others hear of it', async () => {
    const caseId = await upToAppraisal('甲一', '2026-03-02');
    const firstNotice = await served([caseId], '2026-03-03', '2026-03-11', village);
    await verify(caseId, '2026-03-12', village, [{ ruleId: '2_12_017', text: '身体硬朗，仍在种地' }]);
    await served([caseId], '2026-03-13', '2026-03-21', officer);
    at('2026-03-22');
    const opinion = '同意';
    await call(leader, approveTownship, { body: { cases: [await picked(caseId)], opinion } });
    await call(county, approveCounty, { body: { cases: [await picked(caseId)], opinion } });
    const document = { on: '2026-03-22', documentNumber: '凌扶发〔2026〕3号' };
    const announced = await call(county, announceCases, { body: { cases: [await picked(caseId)], ...document } });

    const file = await call(office, getCase, { params: { caseId } });
    const decided = file.history.flatMap(({ step, basis }) => (basis ? [`${step} ${basis.document}`] : []));
    expect(decided).toEqual(
      ['township-notice', 'village-notice', 'appraisal', 'mobilise'].map((step) => `${step} 系统默认政策`),
    );
    expect(file).toMatchObject({ status: 'completed', step: null, next: null, household: { status: 'registered' } });
    expect(file.steps.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'done'));
    expect(file.steps.find(({ id }) => id === 'township-approval')).toMatchObject({
      day: '2026-03-22',
      accountName: 'leader',
    });
    expect(file.history.at(-1)?.what).toBe('建立案卷');
    const survey = file.history.find(({ step }) => step === 'survey');
    expect(survey?.details.map(({ value }) => value)).toEqual(['村干部二人', ...Object.values(FINDINGS), WITHOUT_LINE]);
    const after = await call(office, getHousehold, { params: { householdId: household('甲一') } });
    expect(after).toMatchObject({ status: 'registered', version: 2, ...FOUND });

    const { rows } = await database.query(
      `SELECT type, data->>'status' AS status FROM platform.outbox_event WHERE key = $1 ORDER BY sequence`,
      [household('甲一')],
    );
    expect(rows).toEqual([
      { type: 'identification.household.recorded.v1', status: 'none' },
      { type: 'identification.household.recorded.v1', status: 'registered' },
      { type: 'identification.household.registered.v1', status: 'registered' },
    ]);
    const kept = await database.query(`SELECT status FROM household_history WHERE id = $1`, [household('甲一')]);
    expect(kept.rows).toEqual([{ status: 'none' }]);
    expect(await call(office, getNotice, { params: { noticeId: firstNotice } })).toMatchObject({
      status: 'closed',
      hanging: 0,
    });
    const announcement = await call(world.anonymous, getPublicNotice, { params: { noticeId: announced.noticeId } });
    expect(announcement).toMatchObject({
      status: 'announced',
      level: 'county',
      entries: [{ name: '甲一', village: '佐杖子村' }],
    });
  });

  it('when a second case is opened, or one for a registered household, then it is refused', async () => {
    at('2026-03-02');
    const open = (...heads: string[]) =>
      call(village, openCases, { body: { householdIds: heads.map(household), on: '2026-03-02' } });
    const { cases } = await open('庚七');
    await expect(open('庚七')).rejects.toEqual(code('CASE_OPEN_ALREADY'));
    await expect(open('戊五')).rejects.toEqual(code('CASE_HOUSEHOLD_STATUS'));
    await expect(open('丁四')).rejects.toEqual(status(404));
    await expect(open('庚七', '戊五')).rejects.toMatchObject({
      problem: {
        code: 'CASES_NOT_ALL',
        errors: expect.arrayContaining(
          ['庚七', '戊五'].map((head) =>
            expect.objectContaining({ path: household(head), message: expect.stringContaining(head) }),
          ),
        ),
      },
    });
    const params = { caseId: cases[0]?.id ?? '' };
    await call(village, withdrawCase, { params, body: { version: 1, reason: '农户放弃' } });
    expect((await open('庚七')).cases).toHaveLength(1);
  });

  it('when an exited household falls back, then it is found as one a return begins from, once', async () => {
    at('2026-03-02');
    const choosable = async () => {
      const query = { status: CASE_BEGINS_FROM.return, openCase: 'false' as const };
      return (await call(village, listHouseholds, { query })).rows.map(({ headName }) => headName);
    };
    expect(await choosable()).toEqual(['癸十']);
    const householdIds = [household('癸十')];
    const { cases } = await call(village, openCases, { body: { kind: 'return', householdIds, on: '2026-03-02' } });
    const [opened] = cases;
    expect(await choosable()).toEqual([]);
    const params = { householdId: household('癸十') };
    expect(await call(village, getHousehold, { params })).toMatchObject({ openCaseId: opened?.id, status: 'exited' });
    const listed = await call(village, listCases, { query: { kind: 'return', step: 'survey' } });
    expect(listed.rows.map(({ id }) => id)).toEqual([opened?.id]);
  });

  it('when the import that brought it is to be undone, then its case stands in the way', async () => {
    const { rows } = await call(office, listImports, {});
    const undo = call(office, undoImport, { params: { importId: rows[0]?.id ?? '' }, body: {} });
    await expect(undo).rejects.toEqual(code('IMPORT_BUILT_ON'));
  });

  it('when a step is not due, or the version is old, then it says which step is, by its name, and what changed', async () => {
    const caseId = await upToAppraisal('己六', '2026-03-02');
    const body = { version: 4, on: '2026-03-02', surveyors: '村干部', findings: FINDINGS };
    await expect(call(village, recordSurvey, { params: { caseId }, body })).rejects.toMatchObject({
      problem: { code: 'CASE_STEP_WRONG', detail: expect.stringContaining('村级公示') },
    });
    const stale = call(village, recordSurvey, { params: { caseId }, body: { ...body, version: 3 } });
    await expect(stale).rejects.toMatchObject({
      problem: { status: 409, current: { version: 4, step: 'village-notice' } },
    });
    await call(officer, sendBackCase, {
      params: { caseId },
      body: { version: 4, toStep: 'survey', reason: '调查表漏项' },
    });
    expect(await call(office, getCase, { params: { caseId } })).toMatchObject({ step: 'survey', version: 5 });
  });
});

describe('given an open notice of a batch', () => {
  let noticeId: string;
  let first: string;
  let second: string;
  beforeAll(async () => {
    first = await upToAppraisal('乙二', '2026-04-01');
    second = await upToAppraisal('丙三', '2026-04-01');
    at('2026-04-02');
    const cases = await Promise.all([picked(first), picked(second)]);
    ({ noticeId } = await call(village, openNotice, { body: { cases } }));
  });

  it('then it cannot be closed before seven full days are over', async () => {
    world.setNow(new Date('2026-04-09T15:59:59Z'));
    const close = call(village, closeNotice, { params: { noticeId }, body: {} });
    await expect(close).rejects.toMatchObject({
      problem: { code: 'NOTICE_TOO_EARLY', params: { earliest: '2026-04-10' } },
    });
    const file = await call(village, getCase, { params: { caseId: first } });
    expect(file).toMatchObject({
      closableFrom: '2026-04-09T16:00:00.000Z',
      next: { need: 'NEED_NOTICE_TIME', params: { days: 0, hours: 1 } },
    });
    expect(file.next?.refusal).toContain('公示中');
  });

  it('then the public sees names and village only, and can check its seal', async () => {
    at('2026-04-03');
    const seen = await call(world.anonymous, getPublicNotice, { params: { noticeId } });
    expect(seen.entries).toEqual([
      { position: 1, name: '丙三', village: '佐杖子村', objectionOpen: true },
      { position: 2, name: '乙二', village: '佐杖子村', objectionOpen: true },
    ]);
    const raw = await fetch(`${world.baseUrl}/api/identification/public/notices/${noticeId}`).then((answer) =>
      answer.text(),
    );
    expect(raw).not.toMatch(/2113821010000|211382196|caseId|householdId/);
    expect((await call(world.anonymous, listPublicNotices, {})).rows.map(({ id }) => id)).toContain(noticeId);
    const check = (hash: string) => call(world.anonymous, verifyNotice, { query: { hash } });
    expect(await check(seen.contentHash)).toMatchObject({ intact: true, notice: { id: noticeId, status: 'opened' } });
    expect(await check('0'.repeat(64))).toEqual({ intact: false, notice: null });
  });

  it('when somebody objects, then that case stops while the other closes, and a dismissal lets its clock run on', async () => {
    world.setNow(new Date('2026-04-05T04:00:00Z'));
    const objection = { position: 2, content: '该户在县城有商品房', name: '路人', phone: '13000000001' };
    const { receipt } = await call(world.anonymous, fileObjection, { params: { noticeId }, body: objection });
    expect(receipt).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const same = { ...objection, content: '该户　在县城，有商品房。\u200b', phone: '+86 130 0000 0001' };
    const repeat = await call(world.anonymous, fileObjection, { params: { noticeId }, body: same });
    expect(repeat).toMatchObject({ receipt, repeated: true });
    const unseen = { ...objection, content: '\u2800'.repeat(20) };
    const refused = call(world.anonymous, fileObjection, { params: { noticeId }, body: unseen });
    await expect(refused).rejects.toEqual(code('INVALID_INPUT'));
    at('2026-04-10');
    expect(await call(village, closeNotice, { params: { noticeId }, body: {} })).toEqual({ closed: 1, hanging: 1 });
    const again = call(village, closeNotice, { params: { noticeId }, body: {} });
    await expect(again).rejects.toEqual(code('OBJECTION_OPEN'));

    const detail = await call(village, getNotice, { params: { noticeId } });
    expect(detail.basis).toMatchObject({ document: '系统默认政策' });
    const [filed, ...others] = detail.objectionList;
    expect(others).toEqual([]);
    expect(filed).toMatchObject({ headName: '乙二', name: '路人', phoneMasked: '130******01', outcome: null });
    // A notice of the village is answered by the village, or for it by the township; nobody else is offered to.
    expect(filed?.answerRefusal).toBeNull();
    const asLeader = await call(leader, getNotice, { params: { noticeId } });
    expect(asLeader.objectionList[0]?.answerRefusal).toContain('这一步由');
    at('2026-04-12');
    const answer = { version: filed?.caseVersion ?? 0, outcome: 'dismissed' as const, answer: '经查房屋系其女儿所有' };
    await call(village, answerObjection, { params: { objectionId: filed?.id ?? '' }, body: answer });
    // Stopped on the 5th at noon, going again on the 12th at noon: none of these eight days was a full one.
    const file = await call(village, getCase, { params: { caseId: first } });
    expect(file).toMatchObject({ closableFrom: '2026-04-17T16:00:00.000Z', openObjections: 0 });
    expect(await call(world.anonymous, trackObjection, { params: { receipt } })).toMatchObject({
      outcome: 'dismissed',
      answer: '经查房屋系其女儿所有',
    });
    at('2026-04-18');
    await call(village, closeNotice, { params: { noticeId }, body: {} });
    const ended = await call(world.anonymous, getPublicNotice, { params: { noticeId } });
    expect(ended).toMatchObject({ status: 'closed', entries: [] });
    const late = call(world.anonymous, fileObjection, { params: { noticeId }, body: objection });
    await expect(late).rejects.toEqual(code('NOTICE_NOT_OPEN'));
  });

  it('when nobody holds the receipt, then the objection is not found', async () => {
    await expect(call(world.anonymous, trackObjection, { params: { receipt: 'AAAA-AAAA-AAAA' } })).rejects.toEqual(
      status(404),
    );
  });
});

describe('given people with more than one hand in a case', () => {
  it('then nobody approves what he entered, and the wrong role is turned away', async () => {
    const both = world.as('both', grant('township-officer', TOWNSHIP), grant('township-leader', TOWNSHIP));
    const caseId = await upToAppraisal('丁四', '2026-05-04', both);
    await served([caseId], '2026-05-05', '2026-05-13', both);
    await verify(caseId, '2026-05-14', both);
    await served([caseId], '2026-05-15', '2026-05-23', both);
    at('2026-05-24');
    const body = { cases: [await picked(caseId)], opinion: '同意' };
    await expect(call(both, approveTownship, { body })).rejects.toEqual(code('SEPARATION_OF_DUTIES'));
    await expect(call(officer, approveTownship, { body })).rejects.toEqual(status(403));
    await expect(call(county, approveCounty, { body })).rejects.toEqual(code('CASE_STEP_WRONG'));
    const waiting = await call(leader, listCases, { query: { waiting: 'true' } });
    expect(waiting.rows.map(({ id }) => id)).toEqual([caseId]);
    expect((await call(both, listCases, { query: { waiting: 'true' } })).rows.map(({ id }) => id)).not.toContain(
      caseId,
    );
    expect((await call(both, getCase, { params: { caseId } })).next?.refusal).toContain('录入、审核、审批');
    const unexplained = call(leader, approveTownship, { body });
    await expect(unexplained).rejects.toEqual(code('CASE_WARNINGS_UNEXPLAINED'));
  });

  it('then an evaluator reads, masked and within his regions, and changes nothing', async () => {
    const scope = { kind: 'evaluation' as const, id: 'e1', regions: [VILLAGE], services: ['identification'] };
    const evaluator = world.as('evaluator', { role: 'evaluator', scope });
    const { rows } = await call(evaluator, listCases, {});
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.villageCode === VILLAGE)).toBe(true);
    const open = call(evaluator, openCases, { body: { householdIds: [household('庚七')], on: '2026-03-02' } });
    await expect(open).rejects.toEqual(status(403));
    await expect(call(world.anonymous, listCases, {})).rejects.toEqual(status(401));
    const neighbour = world.as('neighbour', grant('village-officer', OTHER_VILLAGE));
    const caseId = rows[0]?.id ?? '';
    await expect(call(neighbour, getCase, { params: { caseId } })).rejects.toEqual(status(404));
    await expect(
      call(neighbour, withdrawCase, { params: { caseId }, body: { version: 1, reason: '误建' } }),
    ).rejects.toEqual(status(404));
  });

  it('then every act has its audit row', async () => {
    const { rows } = await database.query<{ action: string }>(
      `SELECT DISTINCT action FROM platform.audit_entry WHERE record_type = 'case' ORDER BY action`,
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'identification.case.opened',
        'identification.case.announced',
        'identification.notice.opened',
        'identification.objection.filed',
        'identification.objection.answered',
      ]),
    );
  });
});

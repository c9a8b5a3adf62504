import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  getCase,
  openCases,
  recordAppraisal,
  recordSurvey,
  submitApplication,
} from '@bangfu/contracts/identification/cases';
import { exportHouseholds, getHousehold, listHouseholds } from '@bangfu/contracts/identification/households';
import { fileObjection, openNotice } from '@bangfu/contracts/identification/notices';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { namedIn, readAsWatcher, watchersOf } from '@bangfu/platform/testing/watched-reads';
import { WITHOUT_LINE } from './testing/case-walks.ts';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from './app.ts';
import { fillRegister } from './testing/register.ts';

const OPS = everyService('identification');
const DAY = '2026-03-02';
/** Of the household, of who applies in its name, of who objects. */
const NAMES = { head: '测甲甲', son: '测乙乙', applicant: '测丙丙', objector: '测丁丁' };
const OTHER = '21138210100002';
const SENTENCE = `${Object.values(NAMES).join('、')}均在场`;

let world: TestService;
let office: Connection;
let params: Readonly<Record<string, string>>;

/** A household with a problem of its son's, a case up to its open notice, and an objection in it. */
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  const village = world.as('village', grant('village-officer', '211382101200'));
  world.setNow(new Date(`${DAY}T04:00:00Z`));
  const householdNumber = '21138210100001';
  await fillRegister(office, [
    { number: householdNumber, head: NAMES.head, son: NAMES.son, village: '佐杖子村' },
    { number: OTHER, head: '户主二', village: '佐杖子村' },
  ]);
  const { rows } = await call(office, listHouseholds, { query: { search: householdNumber } });
  const householdId = rows[0]?.id ?? '';
  const { cases } = await call(village, openCases, { body: { householdIds: [householdId], on: DAY } });
  const caseId = cases[0]?.id ?? '';
  const parts = ['enter', 'look', 'compute', 'compare', 'appraise', 'decide'] as const;
  const findings = Object.fromEntries(parts.map((part) => [part, SENTENCE])) as Record<(typeof parts)[number], string>;
  const at = (version: number) => ({ version, on: DAY });
  await call(village, recordSurvey, {
    params: { caseId },
    body: { ...at(1), surveyors: '村干部二人', findings, exceeding: WITHOUT_LINE },
  });
  const application = { ...at(2), applicant: NAMES.applicant, reasons: SENTENCE, authorised: true };
  await call(village, submitApplication, { params: { caseId }, body: application });
  const votes = { entitled: 30, present: 24, inFavour: 20, against: 2, abstained: 1, recused: 1 };
  const meeting = { version: 3, heldOn: DAY, place: '村部', chair: '村支书', minutes: SENTENCE, ...votes };
  await call(village, recordAppraisal, { params: { caseId }, body: meeting });
  const { noticeId } = await call(village, openNotice, { body: { cases: [{ caseId, version: 4 }] } });
  const objection = { position: 1, content: SENTENCE, name: NAMES.objector, phone: '13800000000' };
  await call(world.anonymous, fileObjection, { params: { noticeId }, body: objection });
  await send(office, exportHouseholds, { query: { search: NAMES.head } });
  params = { householdId, householdNumber, caseId, noticeId, policy: 'quality-rules' };
}, 60_000);
afterAll(() => world.stop());

describe('given a household whose members, applicant and objector are named in every record', () => {
  it('when its office reads it, then the names are there: what the watchers do not see is not simply missing', async () => {
    const household = await call(office, getHousehold, { params: { householdId: params['householdId'] ?? '' } });
    expect(household.problems.map(({ subject }) => subject)).toContain(NAMES.son);
    const read = JSON.stringify([
      household,
      await call(office, getCase, { params: { caseId: params['caseId'] ?? '' } }),
    ]);
    for (const name of Object.values(NAMES)) expect(read).toContain(name);
  });

  it.each(watchersOf('identification'))(
    'when one who only watches ($role) reads all that is open to him, then no name is whole',
    async (watcher) => {
      const { answers, left } = await readAsWatcher(world, 'identification', watcher, params);
      expect(left).toEqual(['getIdentificationJob']);
      expect(Object.keys(answers)).toEqual(expect.arrayContaining(['getCase', 'getNotice', 'exportHouseholds']));
      expect(namedIn(answers, Object.values(NAMES))).toEqual([]);
    },
  );
});

describe('given a household’s own account', () => {
  it('when it opens its dossier, then it reads its file whole, and nobody else’s', async () => {
    const itself = world.as('household', {
      role: 'household',
      scope: { kind: 'household', id: params['householdId'] ?? '' },
    });
    const householdNumber = params['householdNumber'] ?? '';
    const dossier = await call(itself, OPS.getDossier, { params: { householdNumber } });
    expect(dossier.sections[0]?.facts.find(({ label }) => label === '户主')?.value).toBe(NAMES.head);
    const other = call(itself, OPS.getDossier, { params: { householdNumber: OTHER } });
    await expect(other).rejects.toMatchObject({ problem: { status: 404 } });
    const elsewhere = world.as('elsewhere', grant('township-officer', '211382105000'));
    const outside = call(elsewhere, OPS.getDossier, { params: { householdNumber } });
    await expect(outside).rejects.toMatchObject({ problem: { status: 404 } });
  });
});

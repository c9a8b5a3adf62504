import { DomainError } from '@bangfu/domain/shared/errors';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { DemoGiven, DemoScopes } from '@bangfu/platform/service';
import type { Identification } from '../db/client.ts';
import { announceCases } from '../features/cases/announce-cases/announce-cases.ts';
import { approveCounty, approveTownship } from '../features/cases/approve-cases/approve-cases.ts';
import { withdrawCase } from '../features/cases/correct-case/correct-case.ts';
import { openCases } from '../features/cases/open-cases/open-cases.ts';
import { recordAppraisal } from '../features/cases/record-appraisal/record-appraisal.ts';
import { recordSurvey } from '../features/cases/record-survey/record-survey.ts';
import { recordVerification } from '../features/cases/record-verification/record-verification.ts';
import { submitApplication } from '../features/cases/submit-application/submit-application.ts';
import { closeNotice } from '../features/notices/close-notice/close-notice.ts';
import { fileObjection } from '../features/notices/file-objection/file-objection.ts';
import { openNotice } from '../features/notices/open-notice/open-notice.ts';
import { PLACE_NAME } from '../features/place-name.ts';
import { type DemoVillage, type People, peopleOf } from './people.ts';
import { DEMO_DAYS, DEMO_EXCEEDING, DEMO_FINDINGS, DEMO_GROUPS, type DemoAct, type DemoGroup } from './plan.ts';

const VILLAGES = 12;

/** Makes the demo's cases: groups in every step of the procedure, open and closed notices, an objection that waits. */
export async function makeDemo(service: Identification, given: DemoGiven): Promise<DemoScopes> {
  const today = businessDayOf(given.today);
  let next = 0;
  for (const village of await villagesOf(service, given.countyCode)) {
    const people = peopleOf(given, village);
    // Most households of a village are no case; those that are, come in groups of one meeting.
    let left = [...village.householdIds];
    const most = Math.ceil(left.length * 0.7);
    for (let used = 0; used < most; next++) {
      const group = DEMO_GROUPS[next % DEMO_GROUPS.length];
      if (!group) break;
      const householdIds = left.slice(0, group.households);
      left = left.slice(householdIds.length);
      used += householdIds.length;
      if (householdIds.length > 0) await walk(service, people, group, householdIds, today);
    }
  }
  return {};
}

/** The villages with the most households that may become cases: those of the busiest township first. */
async function villagesOf(service: Identification, countyCode: string): Promise<DemoVillage[]> {
  const { rows } = await service.pool.query<DemoVillage & { households: number; inTownship: number }>(
    `SELECT v.code, ${PLACE_NAME} AS name, t.name AS "townshipName", count(*) AS households,
       sum(count(*)) OVER (PARTITION BY t.code)::int AS "inTownship",
       coalesce(array_agg(h.id ORDER BY h.per_capita_income_fen NULLS LAST, h.number) FILTER (WHERE h.status = 'none'
         AND NOT EXISTS (SELECT 1 FROM quality_breach b WHERE b.household_id = h.id)), '{}') AS "householdIds"
     FROM household h JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code
     WHERE h.county_code = $1 GROUP BY v.code, v.name, t.code, t.name
     ORDER BY "inTownship" DESC, t.code, households DESC, v.code LIMIT ${VILLAGES}`,
    [countyCode],
  );
  const [home] = rows;
  return rows.map(({ households: _households, inTownship: _inTownship, ...village }) => ({
    ...village,
    isHome: village.code === home?.code,
    isHomeTownship: village.code.startsWith(home?.code.slice(0, 9) ?? '-'),
  }));
}

type Files = readonly { readonly id: string; readonly version: number }[];

/** Walks a group of households of one village to its act, each act on its day. */
async function walk(
  service: Identification,
  people: People,
  group: DemoGroup,
  householdIds: readonly string[],
  today: BusinessDay,
): Promise<void> {
  const acts = Object.keys(DEMO_DAYS) as DemoAct[];
  const begun = addDays(today, -group.daysAgo - DEMO_DAYS[group.until]);
  const day = (act: DemoAct) => addDays(begun, DEMO_DAYS[act]);
  const opened = await openCases(service, people.village(begun), {
    kind: 'registration',
    householdIds: [...householdIds],
    on: begun,
    sureOfDays: false,
  });
  let files: Files = opened.cases;
  let noticeId = '';
  for (const act of acts.slice(1, acts.indexOf(group.until) + 1)) {
    const on = day(act);
    if (act === 'villageNotice' || act === 'townshipNotice') {
      const officer = act === 'villageNotice' ? people.village : people.township;
      const notice = await openNotice(service, officer(on), { cases: picked(files) });
      ({ noticeId } = notice);
      files = notice.cases;
    } else if (act === 'villageClosed' || act === 'townshipClosed') {
      const officer = act === 'villageClosed' ? people.village : people.township;
      await closeNotice(service, officer(on), noticeId);
      files = files.map(({ id, version }) => ({ id, version: version + 1 }));
    } else {
      files = await doAct(service, people, act, files, on, act === group.until ? group.apart : undefined);
    }
  }
  if (group.apart === 'objection') {
    const content = '听说这家在县城买了楼房，请核实。';
    await fileObjection(service, people.public(addDays(day(group.until), 1)), noticeId, { position: 1, content });
  }
  const [first] = files;
  if (group.apart === 'withdrawn' && first) {
    const { id, version } = first;
    await withdrawCase(service, people.village(today), id, { version, reason: '农户外出务工，自愿放弃申请' });
  }
}

const picked = (files: Files) => files.map(({ id, version }) => ({ caseId: id, version }));

async function doAct(
  service: Identification,
  people: People,
  act: DemoAct,
  files: Files,
  on: BusinessDay,
  apart: DemoGroup['apart'],
): Promise<Files> {
  const cases = picked(files);
  switch (act) {
    case 'townshipApproval':
      return (await approveTownship(service, people.townshipLeader(on), { cases, opinion: '情况属实，同意上报' }))
        .cases;
    case 'countyApproval':
      return (await approveCounty(service, people.county(on), { cases, opinion: '同意' })).cases;
    case 'announcement': {
      const documentNumber = `凌扶发〔${on.slice(0, 4)}〕${Number(on.slice(5, 7))}号`;
      return (await announceCases(service, people.county(on), { cases, on, documentNumber })).cases;
    }
    default:
      return eachCase(files, (file, index) => {
        const officer = people.village(on);
        return recordOne(service, officer, act, file, on, index, apart === 'refused' && index === 0);
      });
  }
}

async function eachCase(files: Files, work: (file: Files[number], index: number) => Promise<Files[number]>) {
  const done: Files[number][] = [];
  for (const [index, file] of files.entries()) done.push(await work(file, index));
  return done;
}

/** Mostly illness, as in the county's own figures. */
const CAUSES = ['illness', 'disability', 'illness', 'no-skill', 'illness', 'no-capital'] as const;

function recordOne(
  service: Identification,
  officer: ReturnType<People['village']>,
  act: DemoAct,
  { id, version }: Files[number],
  on: BusinessDay,
  index: number,
  refused: boolean,
): Promise<Files[number]> {
  switch (act) {
    case 'survey':
      return recordSurvey(service, officer, id, {
        version,
        on,
        surveyors: '驻村工作队和村干部',
        findings: DEMO_FINDINGS,
        exceeding: DEMO_EXCEEDING,
      });
    case 'application':
      return submitApplication(service, officer, id, {
        version,
        on,
        applicant: '户主本人',
        reasons: '家庭收入低于扶贫标准，缺少发展资金',
        authorised: true,
      });
    case 'appraisal':
      return recordAppraisal(service, officer, id, {
        version,
        heldOn: on,
        place: '村部会议室',
        chair: '村党支部书记',
        minutes: '会议逐户介绍调查情况，代表发表意见后无记名投票。',
        photos: [],
        entitled: 36,
        present: 30,
        abstained: 1,
        recused: 1,
        ...(refused ? { inFavour: 11, against: 17 } : { inFavour: 25, against: 3 }),
      });
    case 'verification':
      return recordVerification(service, officer, id, {
        version,
        on,
        verifiers: '乡镇核查组',
        result: '实地核查并与部门数据比对，情况与申报一致',
        qualifies: true,
        category: 'general-poor',
        mainCause: CAUSES[index % CAUSES.length],
        explanations: [],
      });
    default:
      throw new DomainError('CASE_STEP_WRONG', { expected: act });
  }
}

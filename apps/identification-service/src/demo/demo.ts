import { DomainError } from '@bangfu/domain/shared/errors';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { readOwn, type Tables } from '../operations.ts';
import type { DemoGiven, DemoScopes, ServiceKit } from '@bangfu/platform/service';
import { type ExpressionBuilder, sql } from 'kysely';
import { announceCases } from '../features/cases/announce-cases/announce-cases.ts';
import { approveCounty } from '../features/cases/approve-county/approve-county.ts';
import { approveTownship } from '../features/cases/approve-township/approve-township.ts';
import { withdrawCase } from '../features/cases/withdraw-case/withdraw-case.ts';
import { openCases } from '../features/cases/open-cases/open-cases.ts';
import { recordAppraisal } from '../features/cases/record-appraisal/record-appraisal.ts';
import { recordSurvey } from '../features/cases/record-survey/record-survey.ts';
import { recordVerification } from '../features/cases/record-verification/record-verification.ts';
import { submitApplication } from '../features/cases/submit-application/submit-application.ts';
import { closeNotice } from '../features/notices/close-notice/close-notice.ts';
import { fileObjection } from '../features/notices/file-objection/file-objection.ts';
import { openNotice } from '../features/notices/open-notice/open-notice.ts';
import { placeNameOf } from '../features/place-name.ts';
import { type DemoVillage, type People, peopleOf } from './people.ts';
import { DEMO_DAYS, DEMO_EXCEEDING, DEMO_FINDINGS, DEMO_GROUPS, type DemoAct, type DemoGroup } from './plan.ts';

const VILLAGES = 12;

/** Makes the demo's cases: groups in every step of the procedure, open and closed notices, an objection that waits. */
export async function makeDemo(kit: ServiceKit, given: DemoGiven): Promise<DemoScopes> {
  const today = businessDayOf(given.today);
  let next = 0;
  for (const village of await villagesOf(kit, given.countyCode)) {
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
      if (householdIds.length > 0) await walk(kit, people, group, householdIds, today);
    }
  }
  return {};
}

/** The villages with the most households that may become cases: those of the busiest township first. */
async function villagesOf(kit: ServiceKit, countyCode: string): Promise<DemoVillage[]> {
  const rows = await readOwn(kit)
    .selectFrom('household as h')
    .innerJoin('region as v', 'v.id', 'h.village_id')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .where('h.county_code', '=', countyCode)
    .groupBy(['v.code', 'v.name', 't.code', 't.name'])
    .select((eb) => ['v.code', placeNameOf(eb.ref('v.name')).as('name'), 't.name as townshipName'])
    .select((eb) => [
      eb.fn.countAll<number>().as('households'),
      sql<number>`sum(count(*)) over (partition by ${eb.ref('t.code')})::int`.as('inTownship'),
      sql<string[]>`coalesce(array_agg(${eb.ref('h.id')}
        order by ${eb.ref('h.per_capita_income_fen')} nulls last, ${eb.ref('h.number')})
        filter (where ${mayBeCase(eb)}), '{}')`.as('householdIds'),
    ])
    .orderBy('inTownship', 'desc')
    .orderBy('t.code')
    .orderBy('households', 'desc')
    .orderBy('v.code')
    .limit(VILLAGES)
    .execute();
  const [home] = rows;
  return rows.map(({ households: _households, inTownship: _inTownship, ...village }) => ({
    ...village,
    isHome: village.code === home?.code,
    isHomeTownship: village.code.startsWith(home?.code.slice(0, 9) ?? '-'),
  }));
}

/** Whether a household of nobody's concern so far may become a case. */
const mayBeCase = (eb: ExpressionBuilder<Tables & { h: Tables['household'] }, 'h'>) =>
  eb.and([
    eb('h.status', '=', 'none'),
    eb.not(eb.exists(eb.selectFrom('quality_breach as b').whereRef('b.household_id', '=', 'h.id').select('b.rule_id'))),
  ]);

type Files = readonly { readonly id: string; readonly version: number }[];

/** Walks a group of households of one village to its act, each act on its day. */
async function walk(
  kit: ServiceKit,
  people: People,
  group: DemoGroup,
  householdIds: readonly string[],
  today: BusinessDay,
): Promise<void> {
  const acts = Object.keys(DEMO_DAYS) as DemoAct[];
  const begun = addDays(today, -group.daysAgo - DEMO_DAYS[group.until]);
  const day = (act: DemoAct) => addDays(begun, DEMO_DAYS[act]);
  const opened = await openCases.run(kit, people.village(begun), {
    body: { kind: 'registration', householdIds: [...householdIds], on: begun, sureOfDays: false },
  });
  let files: Files = opened.cases;
  let noticeId = '';
  for (const act of acts.slice(1, acts.indexOf(group.until) + 1)) {
    const on = day(act);
    if (act === 'villageNotice' || act === 'townshipNotice') {
      const officer = act === 'villageNotice' ? people.village : people.township;
      const notice = await openNotice.run(kit, officer(on), { body: { cases: picked(files) } });
      ({ noticeId } = notice);
      files = notice.cases;
    } else if (act === 'villageClosed' || act === 'townshipClosed') {
      const officer = act === 'villageClosed' ? people.village : people.township;
      await closeNotice.run(kit, officer(on), { params: { noticeId } });
      files = files.map(({ id, version }) => ({ id, version: version + 1 }));
    } else {
      files = await doAct(kit, people, act, files, on, act === group.until ? group.apart : undefined);
    }
  }
  if (group.apart === 'objection') {
    const content = '听说这家在县城买了楼房，请核实。';
    await fileObjection.run(kit, people.public(addDays(day(group.until), 1)), {
      params: { noticeId },
      body: { position: 1, content },
    });
  }
  const [first] = files;
  if (group.apart === 'withdrawn' && first) {
    const { id, version } = first;
    await withdrawCase.run(kit, people.village(today), {
      params: { caseId: id },
      body: { version, reason: '农户外出务工，自愿放弃申请' },
    });
  }
}

const picked = (files: Files) => files.map(({ id, version }) => ({ caseId: id, version }));

async function doAct(
  kit: ServiceKit,
  people: People,
  act: DemoAct,
  files: Files,
  on: BusinessDay,
  apart: DemoGroup['apart'],
): Promise<Files> {
  const cases = picked(files);
  switch (act) {
    case 'townshipApproval':
      return (
        await approveTownship.run(kit, people.townshipLeader(on), { body: { cases, opinion: '情况属实，同意上报' } })
      ).cases;
    case 'countyApproval':
      return (await approveCounty.run(kit, people.county(on), { body: { cases, opinion: '同意' } })).cases;
    case 'announcement': {
      const documentNumber = `凌扶发〔${on.slice(0, 4)}〕${Number(on.slice(5, 7))}号`;
      return (await announceCases.run(kit, people.county(on), { body: { cases, on, documentNumber } })).cases;
    }
    default:
      return eachCase(files, (file, index) => {
        const officer = people.village(on);
        return recordOne(kit, officer, act, file, on, index, apart === 'refused' && index === 0);
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
  kit: ServiceKit,
  officer: ReturnType<People['village']>,
  act: DemoAct,
  { id, version }: Files[number],
  on: BusinessDay,
  index: number,
  refused: boolean,
): Promise<Files[number]> {
  const params = { caseId: id };
  switch (act) {
    case 'survey':
      return recordSurvey.run(kit, officer, {
        params,
        body: {
          version,
          on,
          surveyors: '驻村工作队和村干部',
          findings: DEMO_FINDINGS,
          exceeding: DEMO_EXCEEDING,
        },
      });
    case 'application':
      return submitApplication.run(kit, officer, {
        params,
        body: {
          version,
          on,
          applicant: '户主本人',
          reasons: '家庭收入低于扶贫标准，缺少发展资金',
          authorised: true,
        },
      });
    case 'appraisal':
      return recordAppraisal.run(kit, officer, {
        params,
        body: {
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
        },
      });
    case 'verification':
      return recordVerification.run(kit, officer, {
        params,
        body: {
          version,
          on,
          verifiers: '乡镇核查组',
          result: '实地核查并与部门数据比对，情况与申报一致',
          qualifies: true,
          category: 'general-poor',
          mainCause: CAUSES[index % CAUSES.length],
          explanations: [],
        },
      });
    default:
      throw new DomainError('CASE_STEP_WRONG', { expected: act });
  }
}

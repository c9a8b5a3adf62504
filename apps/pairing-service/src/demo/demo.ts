import { PAIRING, PAIRING_POLICIES } from '@bangfu/contracts/pairing/policies';
import { approvePolicy } from '@bangfu/platform/policy/approve-policy';
import { draftPolicy } from '@bangfu/platform/policy/draft-policy';
import { CHECKS } from '../features/policy/check-ranks.ts';
import { Readable } from 'node:stream';
import type { NewVisit } from '@bangfu/contracts/pairing/visits';
import { uuidV7 } from '@bangfu/domain/shared/id';
import type { Grant } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';
import { typedSql } from '@bangfu/data/typed-sql';
import type { Actor } from '@bangfu/platform/db/command';
import { takePhoto } from '@bangfu/platform/files/photo';
import type { DemoGiven, DemoScopes, ServiceKit } from '@bangfu/platform/service';
import { createHash } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import { helpsOn, isHelpedOn } from '../db/helps.ts';
import { importCadres } from '../features/cadres/import-cadres/import-cadres.ts';
import { assignHelper } from '../features/pairings/assign-helper/assign-helper.ts';
import { handOverHousehold } from '../features/pairings/hand-over-household/hand-over-household.ts';
import { SHIPPED } from '../features/policy/policy.repository.ts';
import { applyPlan } from '../features/plans/apply-plan/apply-plan.ts';
import { approvePlan } from '../features/plans/approve-plan/approve-plan.ts';
import { makePlan } from '../features/plans/make-plan/make-plan.ts';
import { getPlanRecord, type PlanRecord } from '../features/plans/plan.repository.ts';
import { makeVisit } from '../features/visits/make-visit/make-visit.ts';
import { uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import type { Tables } from '../operations.ts';
import { type DemoTownship, demoCadreList } from './cadres.ts';
import { demoPhoto } from './photo.ts';

const HOUR_MS = 3_600_000;
/** Enough that no screen is empty; a photo and a visit each take some hundredths of a second. */
const VISITED_HOUSEHOLDS = 120;
const HANDOVERS = 3;
const PLAN_DEADLINE_MS = 300_000;

const SEEN = [
  '房屋安全，饮水正常，米面油充足。',
  '户主在家务农，今年玉米长势好。',
  '老人身体比上月好转，按时服药，医保已参加。',
  '孩子在校就读，没有辍学，课本费已减免。',
  '合作社分红已到账，计划再养两头牛。',
  '院墙有裂缝，已提醒汛期注意安全。',
];
const NEEDS = ['希望参加养殖培训', '想找离家近的公益岗位', '申请大病救助', '联系农机翻地'];

/** A paired household with what its visits need. */
interface Paired {
  readonly household: string;
  readonly head: string;
  readonly township: string;
  readonly cadre: string;
  readonly cadreName: string;
  readonly unit: string;
  readonly load: number;
  readonly since: BusinessDay;
}

/**
 * Makes the demo's pairing: the list of cadres, an optimal plan made, approved and applied by three people, handovers,
 * some weeks of visits with gaps, and a township's new plan that waits for its leader.
 */
export async function makeDemo(kit: ServiceKit, given: DemoGiven): Promise<DemoScopes> {
  const today = businessDayOf(given.today);
  const began = addDays(today, -150);
  const townships = await poorTownships(kit, given.countyCode);
  if (townships.length === 0) return {};
  const office = (day: BusinessDay, hour = 9) => actor(given, 'county', 'county-office', day, hour);
  const leader = (day: BusinessDay) => actor(given, 'leader', 'county-leader', day, 15);
  await bringCadres(kit, office(addDays(began, -10)), demoCadreList(townships));

  await makePolicies(kit, { office, leader }, began, today);
  const plan = await computed(kit, office(addDays(began, -7)), given.countyCode);
  const approved = await approvePlan.run(kit, leader(addDays(began, -5)), {
    params: { planId: plan.id },
    body: { version: plan.version },
  });
  await applyPlan.run(kit, office(began), {
    params: { planId: plan.id },
    body: { version: approved.version, from: began, sureOfDays: false },
  });

  const handed = addDays(today, -40);
  await pairRegistered(kit, given, addDays(began, -6), handed);
  const paired = await pairedHouseholds(kit, handed);
  const own = demoHelper(paired, townships[0]?.name ?? '');
  await makeHandovers(kit, office(handed), paired, own?.cadre);
  await pairRegistered(kit, given, addDays(handed, 1), today);
  await makeVisits(kit, given, today, await pairedHouseholds(kit, today), own?.cadre);

  const township = given.accounts['township'];
  const code = townships[0]?.code;
  if (township && code) {
    await computed(kit, actor(given, 'township', 'township-officer', addDays(today, -2), 10, code), code);
  }
  return own ? { helper: { kind: 'helper', id: own.cadre }, unit: { kind: 'unit', id: own.unit } } : {};
}

/** The county's own policy, set by two people before the first plan, and a draft of the next one that waits for its leader. */
async function makePolicies(
  kit: ServiceKit,
  { office, leader }: Readonly<Record<'office' | 'leader', (day: BusinessDay) => Actor>>,
  began: BusinessDay,
  today: BusinessDay,
): Promise<void> {
  const { content } = SHIPPED;
  const draft = draftPolicy(PAIRING_POLICIES, CHECKS);
  const approve = approvePolicy(PAIRING_POLICIES, CHECKS);
  const drafted = addDays(began, -9);
  const { key } = PAIRING;
  const first = {
    validFrom: addDays(began, -8),
    document: '关于调整结对帮扶安排的通知',
    paragraph: '',
    value: content,
  };
  const { id, version } = await draft.run(kit, office(drafted), { body: { policy: key, ...first } });
  await approve.run(kit, leader(drafted), { params: { policyId: id }, body: { version } });
  const visits = { ...content.visits, minPhotos: content.visits.minPhotos + 1 };
  const next = { validFrom: addDays(today, 30), document: '关于规范入户走访的通知', paragraph: '' };
  const value = { ...content, visits };
  await draft.run(kit, office(addDays(today, -1)), { body: { policy: key, ...next, value } });
}

/** One of the demo's accounts at an hour of a day. */
function actor(
  given: DemoGiven,
  account: string,
  role: Grant['role'],
  day: BusinessDay,
  hour: number,
  region = given.countyCode,
): Actor {
  const who = given.accounts[account];
  if (!who) throw new Error(`the demo has no account ${account}`);
  const grants: Grant[] = [{ role, scope: { kind: 'region', code: region } }];
  return { caller: callerOf(given, who, grants), now: new Date(startOfDay(day).getTime() + hour * HOUR_MS) };
}

function callerOf({ countyCode }: DemoGiven, who: { id: string; name: string }, grants: Grant[]): Actor['caller'] {
  return { ...who, countyCode, grants, usable: grants, address: 'demo', requestId: 'demo' };
}

const tablesOf = (kit: ServiceKit) => typedSql<Tables>(kit.pool);

const poorTownships = (kit: ServiceKit, countyCode: string): Promise<(DemoTownship & { code: string })[]> =>
  tablesOf(kit)
    .selectFrom((eb) =>
      eb
        .selectFrom('household_copy as h')
        .where('h.county_code', '=', countyCode)
        .where('h.withdrawn', '=', false)
        .where('h.status', 'in', ['registered', 'returned'])
        .groupBy(['h.township_name', 'h.village_name'])
        .groupBy((h) => townshipOf(h))
        .select(['h.township_name as township', 'h.village_name as name'])
        .select((h) => [townshipOf(h).as('code'), h.fn.countAll<number>().as('poor')])
        .as('village'),
    )
    .groupBy(['village.township', 'village.code'])
    .orderBy((eb) => eb.fn.sum('village.poor'), 'desc')
    .orderBy('village.township')
    .select(['village.township as name', 'village.code'])
    .select((eb) => [
      sql<number>`sum(${eb.ref('village.poor')})::int`.as('poor'),
      sql<string[]>`array_agg(${eb.ref('village.township')} || ${eb.ref('village.name')}
        order by ${eb.ref('village.poor')} desc, ${eb.ref('village.name')})`.as('villages'),
    ])
    .execute();

const townshipOf = (eb: ExpressionBuilder<{ h: Tables['household_copy'] }, 'h'>) =>
  sql<string>`left(${eb.ref('h.village_code')}, 9) || '000'`;

/** Orders a plan and waits for the service's own worker to compute it. */
async function computed(kit: ServiceKit, by: Actor, region: string): Promise<PlanRecord> {
  const { id } = await makePlan.run(kit, by, { body: { region } });
  const deadline = Date.now() + PLAN_DEADLINE_MS;
  for (;;) {
    const plan = await getPlanRecord(tablesOf(kit), id, by.caller);
    if (plan.state === 'draft') return plan;
    if (plan.state !== 'computing' || Date.now() > deadline) throw new Error(`the demo's plan is ${plan.state}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function pairedHouseholds(kit: ServiceKit, day: BusinessDay): Promise<Paired[]> {
  const rows = await tablesOf(kit)
    .selectFrom('pairing_link as l')
    .innerJoin('household_copy as h', 'h.id', 'l.household_id')
    .innerJoin('cadre as c', 'c.id', 'l.cadre_id')
    .where((eb) => helpsOn(eb, 'l', day))
    .orderBy('h.number')
    .select(['h.id as household', 'h.head_name as head', 'h.township_name as township', 'c.id as cadre'])
    .select(['c.name as cadreName', 'l.unit_id as unit', 'l.valid_from as since'])
    .select(({ fn }) =>
      fn
        .countAll<number>()
        .over((over) => over.partitionBy('c.id'))
        .as('load'),
    )
    .execute();
  return rows.map((row) => ({ ...row, since: row.since as BusinessDay }));
}

/** Whom the account `helper` is: the one with most households in the township of the other accounts. */
function demoHelper(paired: readonly Paired[], township: string): Paired | undefined {
  const near = paired.filter((each) => each.township === township);
  return [...(near.length > 0 ? near : paired)].sort((a, b) => b.load - a.load)[0];
}

/** Gives the households that were announced between two days a helper each, on the day they were registered. */
async function pairRegistered(kit: ServiceKit, given: DemoGiven, first: BusinessDay, last: BusinessDay): Promise<void> {
  const rows = await tablesOf(kit)
    .selectFrom('household_copy as h')
    .where('h.county_code', '=', given.countyCode)
    .where('h.withdrawn', '=', false)
    .where('h.registered_on', '>=', first)
    .where('h.registered_on', '<=', last)
    .where((eb) => eb.not(isHelpedOn(eb, last)))
    .orderBy('h.registered_on')
    .orderBy('h.number')
    .select(['h.id', 'h.village_code as village', 'h.registered_on as registeredOn'])
    .execute();
  for (const { id, village, registeredOn } of rows) {
    const on = registeredOn as BusinessDay;
    const free = await freeStaff(kit)
      .innerJoin('unit as u', 'u.id', 'c.unit_id')
      .orderBy((eb) => eb('u.seat_code', 'like', `${village.slice(0, 9)}%`), 'desc')
      .orderBy('c.name')
      .orderBy('c.id')
      .limit(1)
      .executeTakeFirst();
    if (!free) return;
    await assignHelper.run(kit, actor(given, 'county', 'county-office', on, 9), {
      params: { householdId: id },
      body: { helperId: free.id, from: on, sureOfDays: false },
    });
  }
}

/** The staff in service who help nobody from some day on. */
const freeStaff = (kit: ServiceKit) =>
  tablesOf(kit)
    .selectFrom('cadre as c')
    .where('c.active', '=', true)
    .where('c.rank', '=', 'staff')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('pairing_link as l')
            .whereRef('l.cadre_id', '=', 'c.id')
            .where('l.valid_until', 'is', null)
            .select('l.id'),
        ),
      ),
    )
    .select('c.id');

async function makeHandovers(
  kit: ServiceKit,
  by: Actor,
  paired: readonly Paired[],
  spare: string | undefined,
): Promise<void> {
  const rows = await freeStaff(kit).orderBy('c.name').orderBy('c.id').limit(HANDOVERS).execute();
  const day = businessDayOf(by.now);
  const chosen = paired.filter(({ cadre, since }) => cadre !== spare && since < day).filter((_, i) => i % 11 === 3);
  for (const [i, { id }] of rows.entries()) {
    const each = chosen[i];
    if (!each) return;
    const body = { helperId: id, fromHelperId: each.cadre, on: day, reason: '原帮扶责任人工作调动', sureOfDays: false };
    await handOverHousehold.run(kit, by, { params: { householdId: each.household }, body });
  }
}

/**
 * Visits of the last weeks. Every fifth household is left out and the others have some, as in every county; the demo's helper has made his of the
 * week before last, so that some wait for him.
 */
async function makeVisits(
  kit: ServiceKit,
  given: DemoGiven,
  today: BusinessDay,
  paired: readonly Paired[],
  own: string | undefined,
): Promise<void> {
  const mine = paired.filter(({ cadre }) => cadre === own);
  const others = paired.filter(({ cadre }, i) => cadre !== own && i % 5 !== 0);
  const visited = [...mine, ...others.slice(0, VISITED_HOUSEHOLDS)];
  let number = 0;
  for (const weeksAgo of [4, 3, 2, 1, 0]) {
    for (const [i, each] of visited.entries()) {
      const left = each.cadre === own ? weeksAgo < 2 || (weeksAgo === 2 && i === 0) : (i * 7 + weeksAgo * 3) % 4 !== 0;
      const day = addDays(today, -(weeksAgo * 7 + (i % 3) + 1));
      if (left || day < each.since) continue;
      number += 1;
      await visitOnce(kit, given, each, day, number);
    }
  }
}

async function visitOnce(
  kit: ServiceKit,
  given: DemoGiven,
  each: Paired,
  day: BusinessDay,
  number: number,
): Promise<void> {
  const at = new Date(startOfDay(day).getTime() + (9 + (number % 8)) * HOUR_MS);
  const grants: Grant[] = [{ role: 'helper', scope: { kind: 'helper', id: each.cadre } }];
  const caller = callerOf(given, { id: `demo:${each.cadre}`, name: each.cadreName }, grants);
  const by: Actor = { caller, now: new Date(at.getTime() + HOUR_MS) };
  const { sha256 } = await takePhoto(kit, uploadVisitPhoto, by, Readable.from([demoPhoto(number)]));
  const need = NEEDS[number % 9];
  const visit: NewVisit = {
    id: uuidV7(at.getTime(), createHash('sha256').update(`${each.household} ${number}`).digest()),
    householdId: each.household,
    at: at.toISOString(),
    peopleMet: [each.head],
    seen: SEEN[number % SEEN.length] ?? '',
    needs: need ? [need] : [],
    photos: [sha256],
    noPositionReason: '演示数据，未定位',
    acknowledgement: { kind: number % 6 === 0 ? 'fingerprint' : 'signature', by: each.head },
  };
  await makeVisit.run(kit, by, { body: visit });
}

/** Takes over the demo's list of cadres. */
async function bringCadres(kit: ServiceKit, by: Actor, text: string): Promise<void> {
  const file = await kit.files.put(Readable.from([Buffer.from(text)]), text.length * 4);
  const order = { asked: { commit: true }, name: '帮扶干部名单.csv', file, language: 'zh' } as const;
  const report = await importCadres.run(kit, by, order);
  await kit.files.delete(file.sha256);
  if (!report.committed) throw new Error(`the demo's cadres were refused: ${report.problems[0]?.code}`);
}

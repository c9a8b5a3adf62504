import { Readable } from 'node:stream';
import type { NewVisit } from '@bangfu/contracts/pairing/visits';
import { uuidV7 } from '@bangfu/domain/shared/id';
import type { Grant } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { DemoGiven, DemoScopes } from '@bangfu/platform/service';
import { createHash } from 'node:crypto';
import { UNWATCHED } from '@bangfu/platform/jobs/list-job';
import type { Pairing } from '../db/client.ts';
import { helpsOn } from '../db/helps.ts';
import { readCadres, takeCadres } from '../features/cadres/import-cadres/import-cadres.ts';
import { assignHelper } from '../features/pairings/assign-helper/assign-helper.ts';
import { handOverHousehold } from '../features/pairings/hand-over-household/hand-over-household.ts';
import { draftPairingPolicy } from '../features/policy/draft-pairing-policy/draft-pairing-policy.ts';
import { enforcePairingPolicy } from '../features/policy/enforce-pairing-policy/enforce-pairing-policy.ts';
import { SHIPPED } from '../features/policy/policy.repository.ts';
import { applyPlan } from '../features/plans/apply-plan/apply-plan.ts';
import { approvePlan } from '../features/plans/approve-plan/approve-plan.ts';
import { makePlan } from '../features/plans/make-plan/make-plan.ts';
import { getPlan, type PlanRecord } from '../features/plans/plan.repository.ts';
import { makeVisit } from '../features/visits/make-visit/make-visit.ts';
import { uploadVisitPhoto } from '../features/visits/upload-visit-photo/upload-visit-photo.ts';
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
export async function makeDemo(service: Pairing, given: DemoGiven): Promise<DemoScopes> {
  const today = businessDayOf(given.today);
  const began = addDays(today, -150);
  const townships = await poorTownships(service, given.countyCode);
  if (townships.length === 0) return {};
  const office = (day: BusinessDay, hour = 9) => actor(given, 'county', 'county-office', day, hour);
  const leader = (day: BusinessDay) => actor(given, 'leader', 'county-leader', day, 15);
  await bringCadres(service, office(addDays(began, -10)), given.countyCode, demoCadreList(townships));

  await makePolicies(service, { office, leader }, began, today);
  const plan = await computed(service, office(addDays(began, -7)), given.countyCode);
  const approved = await approvePlan(service, leader(addDays(began, -5)), plan.id, plan.version);
  await applyPlan(service, office(began), plan.id, { version: approved.version, from: began, sureOfDays: false });

  const handed = addDays(today, -40);
  await pairRegistered(service, given, addDays(began, -6), handed);
  const paired = await pairedHouseholds(service, handed);
  const own = demoHelper(paired, townships[0]?.name ?? '');
  await makeHandovers(service, office(handed), paired, own?.cadre);
  await pairRegistered(service, given, addDays(handed, 1), today);
  await makeVisits(service, given, today, await pairedHouseholds(service, today), own?.cadre);

  const township = given.accounts['township'];
  const code = townships[0]?.code;
  if (township && code) {
    await computed(service, actor(given, 'township', 'township-officer', addDays(today, -2), 10, code), code);
  }
  return own ? { helper: { kind: 'helper', id: own.cadre }, unit: { kind: 'unit', id: own.unit } } : {};
}

/** The county's own policy, set by two people before the first plan, and a draft of the next one that waits for its leader. */
async function makePolicies(
  service: Pairing,
  { office, leader }: Readonly<Record<'office' | 'leader', (day: BusinessDay) => Actor>>,
  began: BusinessDay,
  today: BusinessDay,
): Promise<void> {
  const { content } = SHIPPED;
  const drafted = addDays(began, -9);
  const first = { validFrom: addDays(began, -8), document: '关于调整结对帮扶安排的通知', content, sureOfDays: false };
  const { id, version } = await draftPairingPolicy(service, office(drafted), first);
  await enforcePairingPolicy(service, leader(drafted), id, version);
  const visits = { ...content.visits, minPhotos: content.visits.minPhotos + 1 };
  const next = { document: '关于规范入户走访的通知', content: { ...content, visits }, sureOfDays: false };
  await draftPairingPolicy(service, office(addDays(today, -1)), { ...next, validFrom: addDays(today, 30) });
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

async function poorTownships(service: Pairing, countyCode: string): Promise<(DemoTownship & { code: string })[]> {
  const { rows } = await service.pool.query<DemoTownship & { code: string }>(
    `WITH village AS (
       SELECT township_name AS township, village_name AS name, left(village_code, 9) || '000' AS code, count(*) AS poor
       FROM platform.household_copy
       WHERE county_code = $1 AND NOT withdrawn AND status IN ('registered', 'returned') GROUP BY 1, 2, 3)
     SELECT township AS name, code, sum(poor)::int AS poor, array_agg(township || name ORDER BY poor DESC, name) AS villages
     FROM village GROUP BY township, code ORDER BY sum(poor) DESC, township`,
    [countyCode],
  );
  return rows;
}

/** Orders a plan and waits for the service's own worker to compute it. */
async function computed(service: Pairing, by: Actor, region: string): Promise<PlanRecord> {
  const { id } = await makePlan(service, by, region);
  const deadline = Date.now() + PLAN_DEADLINE_MS;
  for (;;) {
    const plan = await getPlan(pgSql(service.pool), id, by.caller);
    if (plan.state === 'draft') return plan;
    if (plan.state !== 'computing' || Date.now() > deadline) throw new Error(`the demo's plan is ${plan.state}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function pairedHouseholds(service: Pairing, day: BusinessDay): Promise<Paired[]> {
  const { rows } = await service.pool.query<Paired>(
    `SELECT h.id::text AS household, h.head_name AS head, h.township_name AS township, c.id::text AS cadre,
       c.name AS "cadreName", l.unit_id::text AS unit, count(*) OVER (PARTITION BY c.id) AS load, l.valid_from::text AS since
     FROM pairing_link l JOIN platform.household_copy h ON h.id = l.household_id JOIN cadre c ON c.id = l.cadre_id
     WHERE ${helpsOn('l', '$1::date')} ORDER BY h.number`,
    [day],
  );
  return rows;
}

/** Whom the account `helper` is: the one with most households in the township of the other accounts. */
function demoHelper(paired: readonly Paired[], township: string): Paired | undefined {
  const near = paired.filter((each) => each.township === township);
  return [...(near.length > 0 ? near : paired)].sort((a, b) => b.load - a.load)[0];
}

/** Gives the households that were announced between two days a helper each, on the day they were registered. */
async function pairRegistered(
  service: Pairing,
  given: DemoGiven,
  first: BusinessDay,
  last: BusinessDay,
): Promise<void> {
  const { rows } = await service.pool.query<{ id: string; township: string; on: BusinessDay }>(
    `SELECT h.id::text AS id, left(h.village_code, 9) AS township, h.registered_on::text AS on
     FROM platform.household_copy h
     WHERE h.county_code = $1 AND NOT h.withdrawn AND h.registered_on BETWEEN $2 AND $3
       AND NOT EXISTS (SELECT 1 FROM pairing_link l WHERE l.household_id = h.id AND ${helpsOn('l', '$3::date')})
     ORDER BY h.registered_on, h.number`,
    [given.countyCode, first, last],
  );
  for (const { id, township, on } of rows) {
    const { rows: free } = await service.pool.query<{ id: string }>(
      `SELECT c.id::text AS id FROM cadre c JOIN unit u ON u.id = c.unit_id WHERE c.active AND c.rank = 'staff'
         AND NOT EXISTS (SELECT 1 FROM pairing_link l WHERE l.cadre_id = c.id AND l.valid_until IS NULL)
       ORDER BY u.seat_code LIKE $1 || '%' DESC, c.name, c.id LIMIT 1`,
      [township],
    );
    if (!free[0]) return;
    await assignHelper(service, actor(given, 'county', 'county-office', on, 9), id, {
      helperId: free[0].id,
      from: on,
      sureOfDays: false,
    });
  }
}

async function makeHandovers(
  service: Pairing,
  by: Actor,
  paired: readonly Paired[],
  spare: string | undefined,
): Promise<void> {
  const { rows } = await service.pool.query<{ id: string }>(
    `SELECT c.id::text AS id FROM cadre c WHERE c.active AND c.rank = 'staff'
       AND NOT EXISTS (SELECT 1 FROM pairing_link l WHERE l.cadre_id = c.id AND l.valid_until IS NULL)
     ORDER BY c.name, c.id LIMIT $1`,
    [HANDOVERS],
  );
  const day = businessDayOf(by.now);
  const chosen = paired.filter(({ cadre, since }) => cadre !== spare && since < day).filter((_, i) => i % 11 === 3);
  for (const [i, { id }] of rows.entries()) {
    const each = chosen[i];
    if (!each) return;
    const body = { helperId: id, fromHelperId: each.cadre, on: day, reason: '原帮扶责任人工作调动', sureOfDays: false };
    await handOverHousehold(service, by, each.household, body);
  }
}

/**
 * Visits of the last weeks. Every fifth household is left out and the others have some, as in every county; the demo's helper has made his of the
 * week before last, so that some wait for him.
 */
async function makeVisits(
  service: Pairing,
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
      await visitOnce(service, given, each, day, number);
    }
  }
}

async function visitOnce(
  service: Pairing,
  given: DemoGiven,
  each: Paired,
  day: BusinessDay,
  number: number,
): Promise<void> {
  const at = new Date(startOfDay(day).getTime() + (9 + (number % 8)) * HOUR_MS);
  const grants: Grant[] = [{ role: 'helper', scope: { kind: 'helper', id: each.cadre } }];
  const caller = callerOf(given, { id: `demo:${each.cadre}`, name: each.cadreName }, grants);
  const by: Actor = { caller, now: new Date(at.getTime() + HOUR_MS) };
  const { sha256 } = await uploadVisitPhoto(service, by, Readable.from([demoPhoto(number)]));
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
  await makeVisit(service, by, visit, 'zh');
}

/** Takes over the demo's list of cadres. */
async function bringCadres(service: Pairing, by: Actor, countyCode: string, text: string): Promise<void> {
  const file = await service.files.put(Readable.from([Buffer.from(text)]), text.length * 4);
  const list = await service.files.withPlainCopy(file.sha256, (path) =>
    readCadres(service, countyCode, path, UNWATCHED),
  );
  await service.files.delete(file.sha256);
  const order = { asked: { commit: true }, name: '帮扶干部名单.csv', file, language: 'zh' } as const;
  const report = await takeCadres(service, by, list, order);
  if (!report.committed) throw new Error(`the demo's cadres were refused: ${report.problems[0]?.code}`);
}

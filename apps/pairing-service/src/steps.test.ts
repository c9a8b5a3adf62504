import { randomBytes } from 'node:crypto';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  changeCadre,
  changeHelpingUnit,
  CadreImportReport,
  importCadres,
  listCadres,
  listHelpingUnits,
  revealCadrePhone,
} from '@bangfu/contracts/pairing/cadres';
import {
  assignHelper,
  endPairing,
  getPairing,
  handOverHousehold,
  listPairings,
  movePairingChange,
  withdrawPairingChange,
} from '@bangfu/contracts/pairing/pairings';
import {
  applyPlan,
  approvePlan,
  discardPlan,
  getPlan,
  makePlan,
  movePlan,
  withdrawPlan,
} from '@bangfu/contracts/pairing/plans';
import { makeVisit, uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { PAIRING_STEPS } from '@bangfu/domain/pairing/pairing-steps';
import { PLAN_STEPS } from '@bangfu/domain/pairing/plan-steps';
import { uuidV7 } from '@bangfu/domain/shared/id';
import type { Grant } from '@bangfu/domain/shared/roles';
import { OfferLog } from '@bangfu/platform/testing/offers';
import { testPhoto } from '@bangfu/platform/testing/photos';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from './app.ts';
import { announceHouseholds, type FedHousehold, feedHouseholds, feedRegions, TOWNSHIPS } from './testing/register.ts';

const [north, south] = TOWNSHIPS;
const NORTH = north?.code ?? '';
const SOUTH = south?.code ?? '';
const DIGITS = '甲乙丙丁戊己庚辛壬癸子丑';
const COUNTY = '211382000000';
const PNG = await testPhoto({ format: 'png' });

let world: TestService;
let readers: Record<string, Connection>;
let office: Connection;
let farOffice: Connection;
let leader: Connection;
/** The one who is given households first, and the others. */
let helperId: string;
let others: string[];
let photo: string;
let now: Date;

const setDay = (day: string) => {
  now = new Date(`${day}T02:00:00Z`);
  world.setNow(now);
};
const helperGrant = (id: string): Grant => ({ role: 'helper', scope: { kind: 'helper', id } });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  setDay('2026-03-02');
  await feedRegions(world.urls.app);
  office = world.as('office', grant('county-office'));
  farOffice = world.as('north-officer', grant('township-officer', NORTH));
  leader = world.as('leader', grant('county-leader'));
  const everywhere = '北炉乡甲村；三十家子镇甲村';
  const lines = Array.from(
    { length: 12 },
    (_, i) =>
      `水利局,水${DIGITS[i]},县级领导,${i % 3 === 0 ? '' : `1390000${String(i).padStart(4, '0')}`},${everywhere},`,
  );
  const near = '三十家子镇水管站,站长,正职,13911110000,三十家子镇乙村,三十家子镇';
  const text = ['单位,姓名,职级,联系电话,帮扶村,所属乡镇', ...lines, near].join('\n');
  const report = await callJob(office, importCadres, CadreImportReport, {
    query: { name: '名单.csv', commit: 'true' },
    body: Buffer.from(text),
  });
  expect(report.problems).toEqual([]);
  const { rows } = await call(office, listCadres, { query: { limit: 500 } });
  helperId = rows.find(({ name }) => name === '水甲')?.id ?? '';
  others = rows.filter(({ id, unitName }) => id !== helperId && unitName === '水利局').map(({ id }) => id);
  const unitId = rows.find(({ name }) => name === '站长')?.unitId ?? '';
  const helper = world.as('helper', helperGrant(helperId));
  const all = world.as('all', helperGrant(helperId), grant('township-officer', SOUTH), grant('county-leader'));
  photo = (await call(helper, uploadVisitPhoto, { body: PNG })).sha256;
  await call(all, uploadVisitPhoto, { body: PNG });
  readers = {
    auditor: world.as('auditor', grant('auditor')),
    village: world.as('village', grant('village-officer', north?.villages[0])),
    manager: world.as('manager', { role: 'unit-manager', scope: { kind: 'unit', id: unitId } }),
    helper,
    'north-leader': world.as('north-leader', grant('township-leader', NORTH)),
    'south-officer': world.as('south-officer', grant('township-officer', SOUTH)),
    all,
    'north-officer': farOffice,
    leader,
    'office-and-leader': world.as('both', grant('county-office'), grant('county-leader')),
    office,
  };
});
afterAll(() => world.stop());

type OpenPairing = AnswerOf<typeof getPairing>;

/** A helper with a place left, as the form lists them: the first one, or another when that is the one of now. */
async function someHelper({
  helper,
  earliest,
}: {
  readonly helper: { readonly id: string } | null;
  readonly earliest: string;
}): Promise<string> {
  const { rows } = await call(office, listCadres, { query: { free: 'true', from: earliest, limit: 500 } });
  const free = rows.map(({ id }) => id).filter((id) => id !== helper?.id && [helperId, ...others].includes(id));
  return (free.includes(helperId) ? helperId : free[0]) ?? helperId;
}

async function takePairing(at: Connection, step: OpenPairing['steps'][number]['step'], record: OpenPairing) {
  const { householdId, earliest, helper, headName, coming } = record;
  const params = { householdId };
  switch (step) {
    case 'assign':
      return call(at, assignHelper, { params, body: { helperId: await someHelper(record), from: earliest } });
    case 'hand-over': {
      const fromHelperId = helper?.id ?? helperId;
      const body = { helperId: await someHelper(record), on: earliest, reason: '工作调动', fromHelperId };
      return call(at, handOverHousehold, { params, body });
    }
    case 'end':
      return call(at, endPairing, {
        params,
        body: { on: earliest, reason: '结束', fromHelperId: helper?.id ?? helperId },
      });
    case 'withdraw-change':
      return call(at, withdrawPairingChange, { params, body: { day: coming?.day ?? earliest, reason: '日期有误' } });
    case 'move-change':
      return call(at, movePairingChange, {
        params,
        body: { day: coming?.day ?? earliest, to: earliest, reason: '日期有误' },
      });
    case 'visit':
      return visit(at, householdId, headName);
  }
}

const visit = (at: Connection, householdId: string, headName: string) =>
  call(at, makeVisit, {
    body: {
      id: uuidV7(now.getTime(), randomBytes(10)),
      householdId,
      at: now.toISOString(),
      peopleMet: [headName],
      seen: '房屋安全',
      needs: [],
      photos: [photo],
      noPositionReason: '无信号',
      acknowledgement: { kind: 'signature', by: headName },
    },
  });

async function setQuota(id: string, ownQuota: number): Promise<void> {
  const { rows } = await call(office, listCadres, { query: { limit: 500 } });
  const cadre = rows.find((row) => row.id === id) ?? NOBODY;
  await takeCadre(office, 'change', { ...cadre, ownQuota });
}

/*
 * What an offer does not know, because it is chosen or typed: which helper (one of another region is refused;
 * the list of choices leaves out those without places and relatives), which day after the first one (a care
 * period that ends years ahead could be outwaited by typing a day behind it; `end` stays closed until then), and what a
 * visit says. The tests choose what a page would.
 */
describe('given households in every state, with and without a helper, today, since and from a day to come', () => {
  let households: FedHousehold[];

  beforeAll(async () => {
    const feed = (first: number, state: Parameters<typeof feedHouseholds>[2] = {}, count = 1) =>
      feedHouseholds(world.urls.app, count, { first, ...state });
    // The villages are given out in turn: the first three lie in the north, the fourth in the south.
    const registered = await feed(1, {}, 2);
    const exited = await feed(3, { status: 'exited', exitedOn: '2020-11-30' });
    const general = await feed(4, { status: 'none' });
    const monitored = await feed(5, { status: 'none', monitored: true });
    const inSouth = (await feed(6, { status: 'returned' }, 4)).slice(3);
    await announceHouseholds(world.urls.app, registered.slice(1), '2026-03-02');
    households = [...registered, ...exited, ...general, ...monitored, ...inSouth];
    const pair = (household: FedHousehold | undefined, from: string) =>
      call(office, assignHelper, { params: { householdId: household?.id ?? '' }, body: { helperId, from } });
    await pair(exited[0], '2026-03-01');
    await pair(inSouth[0], '2026-03-02');
    await pair(registered[0], '2026-03-20');
    // A helper of one place who gives a household away for a day to come, and has been given another one from that day.
    const [leaves, comes] = await feed(21, {}, 2);
    const [one = '', another = ''] = others.slice(-2);
    await setQuota(one, 1);
    const body = { helperId: one, from: '2026-03-01' };
    await call(office, assignHelper, { params: { householdId: leaves?.id ?? '' }, body });
    await call(office, handOverHousehold, {
      params: { householdId: leaves?.id ?? '' },
      body: { helperId: another, fromHelperId: one, on: '2026-03-20', reason: '工作调动' },
    });
    const later = { helperId: one, from: '2026-03-20' };
    await call(office, assignHelper, { params: { householdId: comes?.id ?? '' }, body: later });
    const ends = (await feed(31, { status: 'exited', exitedOn: '2020-11-30' }, 1))[0];
    await pair(ends, '2026-03-01');
    await call(office, endPairing, {
      params: { householdId: ends?.id ?? '' },
      body: { on: '2026-03-20', reason: '期满', fromHelperId: helperId },
    });
    households.push(...[leaves, comes, ends].filter((each) => each !== undefined));
  });

  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    const log = new OfferLog();
    for (const day of ['2026-03-02', '2026-04-09']) {
      setDay(day);
      for (const { id, number } of households) {
        const read = (at: Connection) => call(at, getPairing, { params: { householdId: id } });
        await log.tryAll({ readers, name: `${day} ${number}`, read, take: takePairing });
      }
    }
    expect(log.wrong).toEqual([]);
    expect([...log.taken].sort()).toEqual([...PAIRING_STEPS].sort());
    expect([...log.closed].sort()).toEqual([...PAIRING_STEPS].sort());
  }, 240_000);

  it('when a row offers a visit, then the service takes it, and it takes no other', async () => {
    const log = new OfferLog();
    for (const { id, number } of households) {
      const read = async (at: Connection) => {
        const { rows } = await call(at, listPairings, { query: { search: number } });
        const row = rows.find(({ householdId }) => householdId === id);
        return row ?? { householdId: id, headName: '', steps: [] };
      };
      await log.tryAll({ readers, name: number, read, take: (at, _, row) => visit(at, row.householdId, row.headName) });
    }
    expect(log.wrong).toEqual([]);
    expect(log.taken).toEqual(new Set(['visit']));
  });
});

describe('given cadres with and without a telephone, and units of the county and of a township', () => {
  it('when everybody tries every step of a row, then what it offers is what the service accepts', async () => {
    const log = new OfferLog();
    const names = ['水甲', '水乙', '站长'];
    for (const name of names) {
      const read = async (at: Connection) =>
        (await call(at, listCadres, { query: { search: name, limit: 500 } })).rows.find((row) => row.name === name) ??
        NOBODY;
      await log.tryAll({ readers, name, read, take: takeCadre });
    }
    for (const name of ['水利局', '三十家子镇水管站']) {
      const read = async (at: Connection) =>
        (await call(at, listHelpingUnits, { query: { search: name } })).rows.find((row) => row.name === name) ??
        NO_UNIT;
      await log.tryAll({ readers, name, read, take: (at, _, unit) => takeUnit(at, unit) });
    }
    expect(log.wrong).toEqual([]);
    expect([...log.taken].sort()).toEqual(['change', 'reveal']);
    expect([...log.closed].sort()).toEqual(['change', 'reveal']);
  });
});

type OpenCadre = AnswerOf<typeof listCadres>['rows'][number];
type OpenUnit = AnswerOf<typeof listHelpingUnits>['rows'][number];
const NOBODY = { steps: [] as OpenCadre['steps'] } as OpenCadre;
const NO_UNIT = { steps: [] as OpenUnit['steps'] } as OpenUnit;

const takeCadre = (at: Connection, step: OpenCadre['steps'][number]['step'], cadre: OpenCadre) => {
  const params = { cadreId: cadre.id };
  if (step === 'reveal') return call(at, revealCadrePhone, { params, body: { reason: '联系入户' } });
  const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username, active, version } = cadre;
  const body = { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username, active, version };
  return call(at, changeCadre, { params, body });
};

const takeUnit = (at: Connection, { id, name, seatCode, villages, version }: OpenUnit) =>
  call(at, changeHelpingUnit, {
    params: { unitId: id },
    body: { name, seatCode, villageCodes: villages.map(({ code }) => code), version },
  });

describe('given plans in every state', () => {
  type OpenPlan = AnswerOf<typeof getPlan>;
  const readPlan = (planId: string) => (at: Connection) => call(at, getPlan, { params: { planId } });
  const takePlan = (at: Connection, step: OpenPlan['steps'][number]['step'], plan: OpenPlan) => {
    const params = { planId: plan.id };
    const body = { version: plan.version };
    switch (step) {
      case 'approve':
        return call(at, approvePlan, { params, body });
      case 'apply':
        return call(at, applyPlan, { params, body: { ...body, from: plan.earliest ?? '2026-05-04' } });
      case 'withdraw':
        return call(at, withdrawPlan, { params, body: { ...body, reason: '日期有误' } });
      case 'move':
        return call(at, movePlan, { params, body: { ...body, to: plan.earliest ?? '2026-05-04', reason: '日期有误' } });
      case 'discard':
        return call(at, discardPlan, { params, body });
    }
  };
  const computed = async (as: Connection, region: string) => {
    const { id } = await call(as, makePlan, { body: { region } });
    await until('the plan is computed', async () => (await readPlan(id)(as)).state !== 'computing');
    return id;
  };
  const approved = async (as: Connection, planId: string) => {
    const { version } = await readPlan(planId)(as);
    await call(as, approvePlan, { params: { planId }, body: { version } });
    return planId;
  };
  /** The readers from one of them on, in their order; who comes first ends a plan. */
  const from = (n: number) => {
    const all = Object.entries(readers);
    return Object.fromEntries([...all.slice(n), ...all.slice(0, n)]);
  };

  it('when everybody tries every step, then what the page offers is what the service accepts', async () => {
    setDay('2026-05-04');
    const both = readers['office-and-leader'] ?? office;
    await feedHouseholds(world.urls.app, 5, { first: 101 });
    // All are computed before any is put into force, so that later ones are stale for what the first ones change.
    const [draft, own, ofSouth, ofOne, ofNorth, ofCounty] = await Promise.all([
      computed(farOffice, NORTH),
      computed(both, NORTH),
      computed(office, SOUTH),
      computed(office, NORTH),
      computed(farOffice, NORTH),
      computed(office, COUNTY),
    ]);
    const log = new OfferLog();
    const tryPlan = (name: string, planId: string, first: number) =>
      log.tryAll({ readers: from(first), name, read: readPlan(planId), take: takePlan });
    await tryPlan('north, draft', draft, 6);
    await tryPlan('own draft', own, 9);
    await tryPlan('approved by the leader', await approved(leader, ofSouth), 0);
    await tryPlan('approved by one who could apply', await approved(both, ofOne), 9);
    await tryPlan('approved in the north', await approved(leader, ofNorth), 7);
    await tryPlan('of the county, stale', await approved(leader, ofCounty), 10);
    const otherFree = () => someHelper({ helper: { id: helperId }, earliest: '2026-05-04' });
    // A helper who has lost the places of today's households: these move tomorrow at the earliest.
    const [waiting] = await feedHouseholds(world.urls.app, 1, { first: 201 });
    const lost = await otherFree();
    await call(office, assignHelper, {
      params: { householdId: waiting?.id ?? '' },
      body: { helperId: lost, from: '2026-05-04' },
    });
    await setQuota(lost, 0);
    const moving = await approved(leader, await computed(office, COUNTY));
    expect((await readPlan(moving)(office)).earliest).toBe('2026-05-05');
    await tryPlan('moves of today', moving, 10);
    // Applied for a day to come: one that only adds, and one whose old helper has no place for the household any more.
    const ahead = async (planId: string) => {
      const { version } = await readPlan(planId)(office);
      await call(office, applyPlan, { params: { planId }, body: { version, from: '2026-06-01' } });
      return planId;
    };
    await feedHouseholds(world.urls.app, 1, { first: 251 });
    await tryPlan('added from June', await ahead(await approved(leader, await computed(office, COUNTY))), 0);
    const [moved] = await feedHouseholds(world.urls.app, 1, { first: 261 });
    const emptied = await otherFree();
    await call(office, assignHelper, {
      params: { householdId: moved?.id ?? '' },
      body: { helperId: emptied, from: '2026-05-04' },
    });
    await setQuota(emptied, 0);
    await tryPlan('moved in June', await ahead(await approved(leader, await computed(office, COUNTY))), 0);
    // Helpers who lost their places after the approval.
    await feedHouseholds(world.urls.app, 1, { first: 301 });
    const barred = await approved(leader, await computed(office, COUNTY));
    for (const id of [helperId, ...others]) await setQuota(id, 0);
    await tryPlan('without places', barred, 10);
    expect(log.wrong).toEqual([]);
    expect([...log.taken].sort()).toEqual([...PLAN_STEPS].sort());
    expect([...log.closed].sort()).toEqual([...PLAN_STEPS].sort());
  }, 240_000);
});

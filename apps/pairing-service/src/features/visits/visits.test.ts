import { randomBytes } from 'node:crypto';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import { assignHelper, handOverHousehold, listPairings } from '@bangfu/contracts/pairing/pairings';
import {
  getVisit,
  getVisitPhoto,
  listVisits,
  makeVisit,
  type NewVisit,
  uploadVisitPhoto,
} from '@bangfu/contracts/pairing/visits';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { lookAtPhoto, testPhoto } from '@bangfu/platform/testing/photos';
import { namedIn, readAsWatcher, watchersOf } from '@bangfu/platform/testing/watched-reads';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { type FedHousehold, feedHouseholds, feedRegions, TOWNSHIPS } from '../../testing/register.ts';

const ops = everyService('pairing');
const JPEG = await testPhoto({ located: true, orientation: 6 });
const PNG = await testPhoto({ format: 'png' });

let world: TestService;
let office: Connection;
let mine: Connection;
let other: Connection;
let households: FedHousehold[];
let helperId = '';
let otherId = '';

const refusal = (status: number, code?: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, ...(code ? { code } : {}) }) });
const photo = (as: Connection, bytes: Uint8Array) => call(as, uploadVisitPhoto, { body: bytes });
const household = (i: number) => households[i]?.id ?? '';

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
  households = await feedHouseholds(world.urls.app, 4);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,正职\n水利局,水二,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  const { rows } = await call(office, listCadres, {});
  const idOf = (name: string) => rows.find((cadre) => cadre.name === name)?.id ?? '';
  helperId = idOf('水一');
  otherId = idOf('水二');
  mine = world.as('helper-one', { role: 'helper', scope: { kind: 'helper', id: helperId } });
  other = world.as('helper-two', { role: 'helper', scope: { kind: 'helper', id: otherId } });
  const pair = (i: number, id: string) =>
    call(office, assignHelper, { params: { householdId: household(i) }, body: { helperId: id, from: '2026-03-02' } });
  for (const [i, id] of [
    [0, helperId],
    [1, helperId],
    [2, otherId],
  ] as const)
    await pair(i, id);
});
afterAll(() => world.stop());

const visit = (given: Partial<NewVisit> = {}): NewVisit => ({
  id: uuidV7(Date.parse('2026-03-04T03:00:00Z'), randomBytes(10)),
  householdId: household(0),
  at: '2026-03-04T03:00:00.000Z',
  peopleMet: ['户主1'],
  seen: '房屋安全，冰箱里有肉菜',
  needs: ['希望学习养殖'],
  photos: [],
  position: { latitude: 41.24512, longitude: 119.40131 },
  acknowledgement: { kind: 'signature', by: '户主1' },
  ...given,
});

describe('a helper', () => {
  it('given two of three paired households, when he lists them, then he sees his own and nobody else’s', async () => {
    const page = await call(mine, listPairings, {});
    expect(page.rows.map(({ householdId }) => householdId).sort()).toEqual([household(0), household(1)].sort());
    expect((await call(other, listPairings, {})).rows.map(({ householdId }) => householdId)).toEqual([household(2)]);
    const { length } = page.rows.filter(({ helper }) => helper?.id === helperId);
    expect(length).toBe(2);
  });

  it('given a photo that is none, too large or another’s, when it is used, then it is refused', async () => {
    await expect(photo(mine, Buffer.from('<svg onload=alert(1)>'))).rejects.toEqual(refusal(422, 'PHOTO_NOT_AN_IMAGE'));
    await expect(photo(mine, Buffer.alloc(0))).rejects.toEqual(refusal(422, 'PHOTO_NOT_AN_IMAGE'));
    const large = Buffer.concat([JPEG, Buffer.alloc(10 * 1024 * 1024)]);
    await expect(photo(mine, large)).rejects.toEqual(refusal(413, 'FILE_TOO_LARGE'));
    const { sha256 } = await photo(other, PNG);
    world.setNow(new Date('2026-03-04T04:00:00Z'));
    await expect(call(mine, makeVisit, { body: visit({ photos: [sha256] }) })).rejects.toEqual(
      refusal(422, 'PHOTO_UNKNOWN'),
    );
  });

  it('given a form with gaps, when it is sent, then all gaps are named at their fields', async () => {
    const { acknowledgement: _none, position: _nowhere, ...bare } = visit();
    const body = { ...bare, peopleMet: [], seen: ' ', at: '2026-03-05T03:00:00.000Z' };
    const problem = await call(mine, makeVisit, { body }).catch((error: unknown) => error);
    expect(problem).toEqual(refusal(422, 'VISIT_INCOMPLETE'));
    const paths = (problem as { problem: { errors: { path: string }[] } }).problem.errors.map(({ path }) => path);
    expect(paths.sort()).toEqual(['acknowledgement', 'at', 'peopleMet', 'photos', 'position', 'seen']);
  });
});

describe('a visit', () => {
  let made: NewVisit;

  it('given a visit with a photo, when it is sent twice and twice at once, then it is one visit and one event', async () => {
    const { sha256 } = await photo(mine, JPEG);
    made = visit({ photos: [sha256] });
    const answers = await Promise.all([1, 2].map(() => call(mine, makeVisit, { body: made })));
    answers.push(await call(mine, makeVisit, { body: made }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      id: made.id,
      helperName: '水一',
      photos: [sha256],
      roughPosition: { latitude: 41.25, longitude: 119.4 },
    });
    expect((await call(mine, listVisits, {})).total).toBe(1);
    const events = await rowsOf("SELECT data FROM platform.outbox_event WHERE type = 'pairing.visit.made.v1'");
    expect(events).toHaveLength(1);
    expect(JSON.stringify(await rowsOf('SELECT t::text FROM visit t'))).not.toContain('41.245');
    await expect(call(mine, makeVisit, { body: { ...made, seen: '另一次' } })).rejects.toEqual(
      refusal(409, 'VISIT_ID_TAKEN'),
    );
    await expect(call(other, makeVisit, { body: made })).rejects.toEqual(refusal(409, 'VISIT_ID_TAKEN'));
  });

  it('given a household that is not his, when he sends a visit, then it is not found', async () => {
    const { sha256 } = await photo(mine, JPEG);
    for (const i of [2, 3]) {
      await expect(
        call(mine, makeVisit, { body: visit({ householdId: household(i), photos: [sha256] }) }),
      ).rejects.toEqual(refusal(404));
    }
    await expect(call(office, makeVisit, { body: visit() })).rejects.toEqual(refusal(403));
  });

  it('given its photo, when it is asked for, then its picture comes upright and bare within the scope and nothing outside', async () => {
    const params = { visitId: made.id, sha256: made.photos[0] ?? '' };
    const answer = await send(office, getVisitPhoto, { params });
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const seen = Buffer.from(await answer.arrayBuffer());
    expect(await lookAtPhoto(seen)).toEqual({ format: 'jpeg', width: 64, height: 96, hasExif: false });
    const village = world.as('village', grant('village-officer', households[0]?.villageCode ?? ''));
    expect((await send(village, getVisitPhoto, { params })).status).toBe(200);
    const neighbour = world.as('neighbour', grant('village-officer', households[1]?.villageCode ?? ''));
    for (const outside of [other, neighbour]) {
      await expect(send(outside, getVisitPhoto, { params })).rejects.toEqual(refusal(404));
      await expect(call(outside, getVisit, { params: { visitId: made.id } })).rejects.toEqual(refusal(404));
    }
    await expect(send(world.anonymous, getVisitPhoto, { params })).rejects.toEqual(refusal(401));
  });

  it('given a household handed over since, when the old helper’s visit of before comes late, then it is taken', async () => {
    world.setNow(new Date('2026-03-10T02:00:00Z'));
    await call(office, handOverHousehold, {
      params: { householdId: household(1) },
      body: { helperId: otherId, fromHelperId: helperId, on: '2026-03-10', reason: '工作调动' },
    });
    const { sha256 } = await photo(mine, PNG);
    const late = { householdId: household(1), photos: [sha256] };
    expect(await call(mine, makeVisit, { body: visit(late) })).toMatchObject({ helperName: '水一' });
    await expect(call(mine, makeVisit, { body: visit({ ...late, at: '2026-03-10T01:00:00.000Z' }) })).rejects.toEqual(
      refusal(404),
    );
  });
});

describe('visits that are due', () => {
  it('given weeks without a visit, when the helper looks, then what is overdue stands in his work and in the figures', async () => {
    world.setNow(new Date('2026-03-25T02:00:00Z'));
    const { rows } = await call(mine, listPairings, {});
    // Visited on 4 March; the weeks from the 9th and the 16th passed without a visit, counted from Sunday the 15th.
    expect(rows[0]?.visits).toEqual({
      made: 0,
      required: 1,
      dueBy: '2026-03-29',
      overdueDays: 10,
      lastVisit: '2026-03-04',
    });
    const work = await call(mine, ops.listWork, {});
    expect(work.items).toMatchObject([
      { kind: 'visit-due', due: '2026-03-15', overdue: true, link: `/pairing/visits/new?household=${household(0)}` },
    ]);
    expect((await call(office, listPairings, { query: { state: 'overdue' } })).total).toBe(3);
    const home = await call(office, ops.getHome, {});
    expect(Object.fromEntries(home.figures.map(({ key, value }) => [key, value]))).toEqual({
      helpers: 2,
      pairedHouseholds: 3,
      householdsWithoutHelper: 1,
      visitsThisMonth: 2,
      overdueHouseholds: 3,
    });
    expect((await call(office, ops.listWork, {})).items).toMatchObject([{ title: '为 1 户落实帮扶责任人' }]);
  });

  it('given a household’s number, when its dossier is asked for, then chain and visits stand in it, for whom it concerns', async () => {
    const params = { householdNumber: households[0]?.number ?? '' };
    const dossier = await call(mine, ops.getDossier, { params });
    expect(dossier.sections.map(({ key }) => key)).toEqual(['pairing', 'visits']);
    expect(dossier.timeline.map(({ at, title }) => [at, title])).toEqual([
      ['2026-03-02', '结对帮扶'],
      ['2026-03-04', '入户走访'],
    ]);
    const itself = world.as('household', { role: 'household', scope: { kind: 'household', id: household(0) } });
    expect((await call(itself, ops.getDossier, { params })).link).toBe(`/pairing/pairings/${household(0)}`);
    await expect(call(other, ops.getDossier, { params })).rejects.toEqual(refusal(404));
    const south = world.as('south', grant('township-officer', TOWNSHIPS[1]?.code ?? ''));
    await expect(call(south, ops.getDossier, { params })).rejects.toEqual(refusal(404));
  });
});

describe('given a visit that names whom was met, in its fields and its sentences', () => {
  it.each(watchersOf('pairing'))('when an auditor or evaluator reads all, then no name is whole', async (watcher) => {
    world.setNow(new Date('2026-03-25T02:00:00Z'));
    const { sha256 } = await photo(mine, PNG);
    const names = { peopleMet: ['测甲甲'], acknowledgement: { kind: 'signature' as const, by: '测乙乙' } };
    const seen = '测甲甲和测乙乙都在家';
    const made = visit({ ...names, seen, needs: ['测甲甲想学养殖'], photos: [sha256], at: '2026-03-24T03:00:00.000Z' });
    await call(mine, makeVisit, { body: made });
    const householdNumber = households[0]?.number ?? '';
    const params = { visitId: made.id, householdId: household(0), householdNumber };
    const { answers } = await readAsWatcher(world, 'pairing', watcher, params);
    expect(answers['getPairingDossier']).toContain('测**和测**都在家');
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(['listVisits', 'getVisit', 'getPairing']));
    expect(namedIn(answers, ['测甲甲', '测乙乙'])).toEqual([]);
  });
});

async function rowsOf(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

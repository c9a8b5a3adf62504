import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { CadreImportReport, importCadres, listCadres } from '@bangfu/contracts/pairing/cadres';
import { assignHelper } from '@bangfu/contracts/pairing/pairings';
import { getVisitPhoto, makeVisit, type NewVisit, uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { canonicalHash } from '@bangfu/platform/audit/hash';
import { keyHashes } from '@bangfu/platform/secrets/keyed-hash';
import type { ServiceKit } from '@bangfu/platform/service';
import { guessableColumns } from '@bangfu/platform/testing/guesser';
import { PHOTO_POSITION, testPhoto } from '@bangfu/platform/testing/photos';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { VISIT_HASH } from '../../db/sealed.ts';
import { feedHouseholds, feedRegions } from '../../testing/register.ts';
import { PHOTO_ORIGIN } from '@bangfu/platform/files/photo';
import { recordOf } from '@bangfu/platform/secrets/cipher';

let world: TestService;
let kit: ServiceKit;
let office: Connection;
let mine: Connection;
let householdId = '';

const refusal = (status: number, code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, code }) });
const photo = (as: Connection, bytes: Uint8Array) => call(as, uploadVisitPhoto, { body: bytes });

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', (given) => {
    kit = given;
    return buildPairing(given);
  });
  world.setNow(new Date('2026-03-04T04:00:00Z'));
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
  [householdId = ''] = (await feedHouseholds(world.urls.app, 1)).map(({ id }) => id);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  const helperId = (await call(office, listCadres, {})).rows[0]?.id ?? '';
  mine = world.as('helper-one', { role: 'helper', scope: { kind: 'helper', id: helperId } });
  await call(office, assignHelper, { params: { householdId }, body: { helperId, from: '2026-03-02' } });
});
afterAll(() => world.stop());

const visit = (given: Partial<NewVisit> = {}): NewVisit => ({
  id: uuidV7(Date.parse('2026-03-04T03:00:00Z'), randomBytes(10)),
  householdId,
  at: '2026-03-04T03:00:00.000Z',
  peopleMet: ['户主1'],
  seen: '房屋安全',
  needs: [],
  photos: [],
  position: { latitude: 41.24512, longitude: 119.40131 },
  acknowledgement: { kind: 'signature', by: '户主1' },
  ...given,
});

const JPEG = await testPhoto({ located: true, orientation: 6 });

describe('a photo that says where it was taken', () => {
  const kept = () =>
    rowsOf(
      `SELECT sha256, original_sha256 AS original, origin_sealed AS sealed, shown_sha256 AS shown FROM photo
       WHERE account_id = 'test-helper-one' ORDER BY uploaded_at, sha256`,
    ) as Promise<{ sha256: string; original: string | null; sealed: Buffer | null; shown: string | null }[]>;

  it('given it uploaded twice, then it is one photo, its origin sealed and its uploaded file not kept', async () => {
    const [first, second] = [await photo(mine, JPEG), await photo(mine, JPEG)];
    expect(second).toEqual(first);
    const original = createHash('sha256').update(JPEG).digest('hex');
    const row = (await kept()).find(({ sha256 }) => sha256 === first.sha256);
    expect(row).toMatchObject({ original, shown: first.sha256 });
    expect(row?.sealed?.includes('2026-03-04')).toBe(false);
    const origin = JSON.parse(
      kit.cipher.open(PHOTO_ORIGIN, recordOf(row?.sha256 ?? '', 'test-helper-one'), row?.sealed ?? Buffer.alloc(0)),
    );
    expect(origin.takenAt).toBe('2026-03-04T11:00:00+08:00');
    expect(origin.position.latitude).toBeCloseTo(PHOTO_POSITION.latitude, 5);
    await expect(kit.files.read(original)).rejects.toThrow('ENOENT');
  });

  it('given more than ten megabytes, then it is refused for that, and nothing of it is kept', async () => {
    const before = await world.storedFiles();
    const upload = Buffer.concat([JPEG, Buffer.alloc(10 * 1024 * 1024)]);
    await expect(photo(mine, upload)).rejects.toEqual(refusal(413, 'FILE_TOO_LARGE'));
    expect(await world.storedFiles()).toBe(before);
    expect((await photo(mine, JPEG)).size).toBeGreaterThan(0);
  });

  it('given one that an earlier release kept as it came, when it is shown, then without its position, and so ever after', async () => {
    const upload = await testPhoto({ located: true, number: 9, orientation: 3 });
    const { sha256 } = await kit.files.put(Readable.from([upload]), upload.length);
    await rowsOf(
      `INSERT INTO photo (sha256, account_id, county_code, media_type, size, uploaded_at)
       VALUES ('${sha256}', 'test-helper-one', '211382', 'image/jpeg', ${upload.length}, '2026-03-04T01:00:00Z')`,
    );
    expect((await photo(mine, upload)).sha256).toBe(sha256);
    const made = visit({ photos: [sha256], at: '2026-03-04T03:30:00.000Z' });
    await call(mine, makeVisit, { body: made });
    const answers = [];
    for (let i = 0; i < 2; i++) {
      const answer = await send(office, getVisitPhoto, { params: { visitId: made.id, sha256 } });
      answers.push(Buffer.from(await answer.arrayBuffer()));
    }
    expect(answers[0]?.includes('Exif')).toBe(false);
    expect(answers[1]?.equals(answers[0] ?? Buffer.alloc(0))).toBe(true);
    const row = (await kept()).find((each) => each.sha256 === sha256);
    expect(row?.original).toBe(sha256);
    expect(row?.shown).toBe(
      createHash('sha256')
        .update(answers[0] ?? '')
        .digest('hex'),
    );
    expect(
      JSON.parse(
        kit.cipher.open(PHOTO_ORIGIN, recordOf(row?.sha256 ?? '', 'test-helper-one'), row?.sealed ?? Buffer.alloc(0)),
      ).position,
    ).toBeTruthy();
  });

  it('given an earlier one that is no picture, when it is shown, then it is refused in words', async () => {
    const { sha256 } = await kit.files.put(Readable.from([Buffer.from('ffd8ff', 'hex')]), 3);
    await rowsOf(
      `INSERT INTO photo (sha256, account_id, county_code, media_type, size, uploaded_at)
       VALUES ('${sha256}', 'test-helper-one', '211382', 'image/jpeg', 3, '2026-03-04T01:00:00Z')`,
    );
    const made = visit({ photos: [sha256], at: '2026-03-04T03:40:00.000Z' });
    await call(mine, makeVisit, { body: made });
    await expect(send(office, getVisitPhoto, { params: { visitId: made.id, sha256 } })).rejects.toEqual(
      refusal(422, 'PHOTO_BROKEN'),
    );
  });
});

describe('given a dump of the database', () => {
  it('when someone tries every position and telephone, then no column tells them which it was', async () => {
    const made = visit({ at: '2026-03-04T03:50:00.000Z', photos: [(await photo(mine, JPEG)).sha256] });
    await call(mine, makeVisit, { body: made, idempotencyKey: 'guess' });
    expect(await call(mine, makeVisit, { body: made, idempotencyKey: 'guess' })).toMatchObject({ id: made.id });
    expect(await call(mine, makeVisit, { body: made })).toMatchObject({ id: made.id });
    const csv = Buffer.from('单位,姓名,职级,联系电话\n水利局,水二,正职,13812345678\n');
    await call(office, importCadres, { query: { name: '电话.csv', commit: 'true' }, body: csv });
    const guess = guessableColumns(
      async (text) => (await rowsOf(text)) as never,
      ['13812345678', '41.24512', '119.40131', '41.24512,119.40131'],
      [made, { operation: 'makeVisit', input: made }],
    );
    expect(await guess).toEqual([]);
  });

  it('when an earlier release kept the bare hash of a visit, then it is keyed, and the visit still known by it', async () => {
    const made = visit({ at: '2026-03-04T03:55:00.000Z', photos: [(await photo(mine, JPEG)).sha256] });
    await call(mine, makeVisit, { body: made });
    const bare = canonicalHash(made).toString('hex');
    await rowsOf(`UPDATE visit SET content_hash = '${bare}' WHERE id = '${made.id}'`);
    expect(await keyHashes(kit.pool, kit.cipher, [VISIT_HASH])).toBe(1);
    expect(await keyHashes(kit.pool, kit.cipher, [VISIT_HASH])).toBe(0);
    expect(await rowsOf(`SELECT 1 FROM visit WHERE content_hash = '${bare}'`)).toEqual([]);
    expect(await call(mine, makeVisit, { body: made })).toMatchObject({ id: made.id });
    await expect(call(mine, makeVisit, { body: { ...made, seen: '别的' } })).rejects.toEqual(
      refusal(409, 'VISIT_ID_TAKEN'),
    );
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

import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type DatabaseUrls, establishDatabase, migrateDatabase } from '@bangfu/infra/postgres/migrate';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConfigError } from '../config/config.ts';
import { openPool, type Pool } from '@bangfu/data/pool';
import { diskFileStore } from '../files/store.ts';
import { putSealedPair, sealedOf, setSealed } from '../testing/sealed-rows.ts';
import { type Cipher, SealBroken, sealedColumn } from './cipher.ts';
import { readDataKeys } from './data-keys.ts';
import { isAllCurrent, openCipher } from './open-cipher.ts';
import { countSealed, resealAll, type Sealed, startResealing, verifySealed } from './reseal.ts';
import { type SealedPlace, sealedPlaces } from './sealed-places.ts';

const newKey = () => randomBytes(32).toString('base64');
const idOf = (key: string) => readDataKeys(key).current.id;
const [FIRST, SECOND, OTHER] = [newKey(), newKey(), newKey()];
/** The service with the most of it: sealed columns of tables closed to change, and copies of rows. */
const NAME = 'identification';
const LOG = pino({ level: 'silent' });

/** A value as the first release sealed it: bound to no place. */
function sealFirst(key: string, plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', readDataKeys(key).current.derive('bangfu value v1'), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([1, 1]), nonce, cipher.getAuthTag(), body]);
}

let urls: DatabaseUrls;
let pool: Pool;
let owner: pg.Client;
let places: SealedPlace[];
const folder = mkdtempSync(join(tmpdir(), 'sealing-'));
const cipherOf = (current: string, earlier = '') => openCipher(pool, NAME, readDataKeys(current, earlier));
const filesOf = (current: string, earlier = '') => diskFileStore(folder, readDataKeys(current, earlier), NAME);
const sealed = (cipher: Cipher, current: string, earlier = ''): Sealed => ({
  pool,
  cipher,
  files: filesOf(current, earlier),
});

beforeAll(async () => {
  urls = await establishDatabase(inject('postgresUrl'), `sealing_${randomBytes(4).toString('hex')}`, 'test');
  await migrateDatabase(NAME, urls);
  pool = openPool(urls.app, 4);
  const own = new URL(inject('postgresUrl'));
  own.pathname = new URL(urls.app).pathname;
  owner = new pg.Client({ connectionString: own.href });
  await owner.connect();
  await owner.query('SET search_path = public, platform');
  await owner.query('SET session_replication_role = replica');
  places = (await sealedPlaces(pool)).filter(({ column }) => column.table !== 'kept_secret');
});
afterAll(async () => {
  await pool.end();
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await owner.query('DELETE FROM platform.kept_secret');
  for (const { relation } of places) await owner.query(`DELETE FROM ${relation}`);
  rmSync(folder, { recursive: true, force: true });
});

/** Everything sealed of a database, by place. */
async function everything(
  cipher: Cipher,
  pairs: ReadonlyMap<string, readonly string[]>,
): Promise<Record<string, string>> {
  const opened: Record<string, string> = {};
  for (const place of places) {
    for (const record of pairs.get(place.relation) ?? []) {
      const value = await sealedOf(owner, place, record);
      opened[`${place.relation}.${place.column.column} ${record}`] = cipher.open(place.column, record, value);
    }
  }
  return opened;
}

async function putEverything(cipher: Cipher): Promise<Map<string, readonly string[]>> {
  const pairs = new Map<string, readonly string[]>();
  for (const [relation, all] of Map.groupBy(places, (place) => place.relation)) {
    pairs.set(relation, await putSealedPair(owner, cipher, all as [SealedPlace], 1));
  }
  return pairs;
}

/** Seals all that is there as the first release did. */
async function asFirstRelease(pairs: ReadonlyMap<string, readonly string[]>, key: string): Promise<void> {
  for (const place of places) {
    for (const record of pairs.get(place.relation) ?? [])
      await setSealed(owner, place, record, sealFirst(key, `old ${record}`));
  }
  await owner.query('DELETE FROM platform.kept_secret');
}

const place = (table: string, column: string): SealedPlace => {
  const found = places.find((each) => each.column.table === table && each.column.column === column);
  if (!found) throw new Error(`no ${table}.${column}`);
  return found;
};

/** The database and the files, to see that nothing changed. */
async function dump(): Promise<string> {
  const tables = ['platform.kept_secret', ...new Set(places.map(({ relation }) => relation))];
  const texts = await Promise.all(
    tables.map((table) =>
      owner.query<{ rows: string }>(`SELECT json_agg(t ORDER BY t::text)::text AS rows FROM ${table} t`),
    ),
  );
  return JSON.stringify(texts.map(({ rows }) => rows));
}

describe('given a database and a data key', () => {
  it('when it is empty, then it gets a canary once, whoever starts first, and another key is refused from then on', async () => {
    const both = await Promise.all([cipherOf(FIRST), cipherOf(FIRST)]);
    expect(both[0]?.index('id', '1')).toEqual(both[1]?.index('id', '1'));
    const before = await dump();
    await expect(cipherOf(OTHER)).rejects.toThrow(ConfigError);
    await expect(cipherOf(OTHER)).rejects.toThrow(/放回原来的密钥[^]*Put the earlier key back/);
    expect(await dump()).toBe(before);
    expect((await cipherOf(FIRST)).index('id', '1')).toEqual(both[0]?.index('id', '1'));
    expect(await isAllCurrent(pool, await cipherOf(FIRST))).toBe(true);
  });

  it.each(['values', 'a file'])(
    'when an earlier release left %s there, then only the key that opens them is taken',
    async (what) => {
      const probe = await cipherOf(FIRST);
      const probing = (key: string) =>
        openCipher(pool, NAME, readDataKeys(key), async () => {
          const { value } = await filesOf(key).all().next();
          if (value) await buffer(await filesOf(key).read(value.sha256));
        });
      if (what === 'values') await asFirstRelease(await putEverything(probe), FIRST);
      else {
        await filesOf(FIRST).put(Readable.from([Buffer.from('photo')]), 100);
        await owner.query('DELETE FROM platform.kept_secret');
      }
      const before = await dump();
      await expect(probing(OTHER)).rejects.toThrow(ConfigError);
      expect(await dump()).toBe(before);
      const cipher = await probing(FIRST);
      expect(await isAllCurrent(pool, cipher)).toBe(what !== 'values');
    },
  );

  it('when what it keeps of its keys is lost, altered or another database’s, then the start is refused', async () => {
    await cipherOf(FIRST);
    const { rows } = await owner.query('SELECT * FROM platform.kept_secret ORDER BY name');
    await owner.query(`DELETE FROM platform.kept_secret WHERE name = 'index-key'`);
    await expect(cipherOf(FIRST)).rejects.toThrow(ConfigError);
    await owner.query(`INSERT INTO platform.kept_secret (name, value_sealed) VALUES ('index-key', $1)`, [
      rows[0].value_sealed,
    ]);
    await expect(cipherOf(FIRST)).rejects.toThrow(ConfigError);
    await owner.query(`UPDATE platform.kept_secret SET value_sealed = $1 WHERE name = 'index-key'`, [
      rows[1].value_sealed,
    ]);
    await expect(openCipher(pool, 'pairing', readDataKeys(FIRST))).rejects.toThrow(ConfigError);
    await expect(cipherOf(FIRST)).resolves.toBeDefined();
  });
});

describe('given everything sealed in a database and its files', () => {
  it('when an earlier release sealed it, then it opens before, during and after it is sealed again, and only in its place', async () => {
    const made = await cipherOf(FIRST);
    const pairs = await putEverything(made);
    await asFirstRelease(pairs, FIRST);
    const cipher = await cipherOf(FIRST);
    const before = await everything(cipher, pairs);
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(10);
    // The indexes an earlier release made are found by its key.
    expect((await cipherOf(FIRST)).index('id', '1')).toEqual(cipher.index('id', '1'));
    const counted = await countSealed({ pool, files: filesOf(FIRST) });
    expect(counted['first']).toBe(Object.keys(before).length);

    const work = startResealing(sealed(cipher, FIRST), LOG);
    await work.done;
    expect(await everything(cipher, pairs)).toEqual(before);
    expect(await verifySealed({ pool, cipher })).toMatchObject({ broken: [] });
    expect(await countSealed({ pool, files: filesOf(FIRST) })).toEqual({
      [idOf(FIRST)]: expect.any(Number),
    });
    const late = sealFirst(FIRST, 'late');
    expect(() => cipher.open(sealedColumn('person', 'id_sealed'), 'x', late)).toThrow(SealBroken);
    const again = await cipherOf(FIRST);
    expect(() => again.open(sealedColumn('person', 'id_sealed'), 'x', late)).toThrow(SealBroken);
    expect(await everything(again, pairs)).toEqual(before);
  });

  it('when the key is changed, then it opens with both keys and, once sealed again, with the later one alone', async () => {
    const first = await cipherOf(FIRST);
    const pairs = await putEverything(first);
    const contents = [Buffer.alloc(0), randomBytes(1), randomBytes(200_000)];
    const stored = await Promise.all(contents.map((bytes) => filesOf(FIRST).put(Readable.from([bytes]), 1_000_000)));
    const before = await everything(first, pairs);
    const index = first.index('id', '1');

    const cipher = await cipherOf(SECOND, FIRST);
    expect(await everything(cipher, pairs)).toEqual(before);
    expect(cipher.index('id', '1')).toEqual(index);
    // Someone is busy with a row: it is passed over and sealed in a later pass.
    await owner.query('BEGIN; SET session_replication_role = replica');
    await owner.query(`UPDATE person SET name = 'busy'`);
    const { busy } = await resealAll(sealed(cipher, SECOND, FIRST));
    const ofPersons = 2 * places.filter(({ relation }) => relation === '"public"."person"').length;
    expect(busy).toBe(ofPersons);
    await owner.query('COMMIT');
    expect(await everything(cipher, pairs)).toEqual(before);
    expect(await countSealed({ pool, files: filesOf(SECOND, FIRST) })).toMatchObject({
      [idOf(FIRST)]: ofPersons + 1,
    });

    await startResealing(sealed(cipher, SECOND, FIRST), LOG).done;
    const after = await cipherOf(SECOND);
    expect(await everything(after, pairs)).toEqual(before);
    expect(await verifySealed({ pool, cipher: after })).toMatchObject({ broken: [] });
    for (const [at, { sha256 }] of stored.entries()) {
      expect(await buffer(await filesOf(SECOND).read(sha256))).toEqual(contents[at]);
      await expect(filesOf(FIRST).read(sha256)).rejects.toThrow(/unknown data key/);
    }
    await expect(cipherOf(FIRST)).rejects.toThrow(ConfigError);
  });

  it('when sealing again is stopped anywhere, then all opens, and the next start goes on', async () => {
    const first = await cipherOf(FIRST);
    const pairs = await putEverything(first);
    const before = await everything(first, pairs);
    const cipher = await cipherOf(SECOND, FIRST);
    for (let steps = 0; ; steps++) {
      let left = steps;
      await resealAll(sealed(cipher, SECOND, FIRST), { isStopped: () => left-- <= 0 });
      expect(await everything(cipher, pairs)).toEqual(before);
      if (left >= 0) break;
    }
    // The canary alone waits for the pass that finds nothing.
    expect(await countSealed({ pool, files: null })).toMatchObject({ [idOf(FIRST)]: 1 });
    expect(await isAllCurrent(pool, cipher)).toBe(false);
  });

  it('when something was altered, then it is left as it is, the rest is sealed again, and its key is still counted', async () => {
    const first = await cipherOf(FIRST);
    const pairs = await putEverything(first);
    const phone = place('person', 'phone_sealed');
    const [one = '', two = ''] = pairs.get(phone.relation) ?? [];
    const swapped = await sealedOf(owner, phone, two);
    await setSealed(owner, phone, one, swapped);
    const cipher = await cipherOf(SECOND, FIRST);
    await startResealing(sealed(cipher, SECOND, FIRST), LOG).done;
    expect(await sealedOf(owner, phone, one)).toEqual(swapped);
    expect(await countSealed({ pool, files: null })).toMatchObject({ [idOf(FIRST)]: 1 });
    expect((await verifySealed({ pool, cipher })).broken).toEqual([
      { what: 'sealed value person.phone_sealed', id: one, at: '' },
    ]);
  });
});

describe('given the functions that put sealed values back', () => {
  const asRole = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };

  it('when anything but a sealed value would change, or the reading role calls, then they refuse', async () => {
    const other = `SELECT platform.reseal('public.household', 'head_name', '{}', '{}', '{}')`;
    await expect(asRole(urls.app, other)).rejects.toThrow(/permission denied/);
    await expect(
      asRole(urls.read, `SELECT platform.reseal('public.person', 'id_sealed', '{}', '{}', '{}')`),
    ).rejects.toThrow(/permission denied/);
  });
});

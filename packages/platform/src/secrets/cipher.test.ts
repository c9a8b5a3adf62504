import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../config/config.ts';
import {
  type Cipher,
  firstIndexKey,
  makeCipher,
  ownIndexKey,
  recordOf,
  SealBroken,
  sealedBy,
  sealedColumn,
} from './cipher.ts';
import { type DataKey, readDataKeys } from './data-keys.ts';

const newKey = () => randomBytes(32).toString('base64');
const ONE = newKey();
const PHONE = sealedColumn('cadre', 'phone_sealed');
const PLACE = { column: PHONE, record: 'a', database: 'pairing' };

const cipherOf = (current: string, { earlier = '', database = 'pairing', opensFirstForm = false } = {}): Cipher => {
  const keys = readDataKeys(current, earlier);
  return makeCipher({ database, keys, indexKey: ownIndexKey(keys.all.at(-1) as DataKey, database), opensFirstForm });
};

/** A value as the first release sealed it: bound to no place. */
function sealFirst(dataKey: string, plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', readDataKeys(dataKey).current.derive('bangfu value v1'), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([1, 1]), nonce, cipher.getAuthTag(), body]);
}

describe('given a sealed value', () => {
  const cipher = cipherOf(ONE);
  const sealed = cipher.seal(PHONE, 'a', '13800000000');

  it('when it is opened where it was sealed for, then it is what it was, also by an id in capitals', () => {
    expect(cipher.open(PHONE, 'a', sealed)).toBe('13800000000');
    expect(cipher.open(PHONE, 'A', new Uint8Array(sealed))).toBe('13800000000');
    expect(cipher.open(PHONE, '', cipher.seal(PHONE, '', ''))).toBe('');
  });

  it.each([
    ['another record', { ...PLACE, record: 'b' }],
    ['another column', { ...PLACE, column: sealedColumn('cadre', 'id_sealed') }],
    ['another table', { ...PLACE, column: sealedColumn('unit', 'phone_sealed') }],
    ['another database', { ...PLACE, database: 'industry' }],
    ['parts of the place that only read alike', { ...PLACE, record: recordOf('', 'a') }],
  ])('when it lies in %s, then it is refused and the place named', (_where, { column, record, database }) => {
    const there = cipherOf(ONE, { database });
    expect(() => there.open(column, record, sealed)).toThrow(SealBroken);
    expect(() => there.open(column, record, sealed)).toThrow(`${column.table}.${column.column} of ${record}`);
  });

  it('when any bit of it is another, or it is cut off anywhere, then it is refused', () => {
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const altered = Buffer.from(sealed);
        altered[at] = (altered[at] ?? 0) ^ (1 << bit);
        expect(() => cipher.open(PHONE, 'a', altered), `byte ${at} bit ${bit}`).toThrow(SealBroken);
      }
      expect(() => cipher.open(PHONE, 'a', sealed.subarray(0, at)), `${at} bytes`).toThrow(SealBroken);
    }
  });

  it.each([4, 8, 12, 13, 14, 15])('when it carries a tag of %i bytes only, then it is refused', (length) => {
    const keys = readDataKeys(ONE);
    const nonce = randomBytes(12);
    const key = keys.current.derive('bangfu value v2 pairing');
    const made = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: length });
    made.setAAD(Buffer.from(`2\0${keys.current.id}\0pairing\0cadre\0phone_sealed\0a`));
    made.final();
    expect(() => cipher.open(PHONE, 'a', Buffer.concat([sealed.subarray(0, 5), nonce, made.getAuthTag()]))).toThrow(
      SealBroken,
    );
  });

  it('when the form of the first release is put in its place, then that is opened only while it is expected', () => {
    const first = sealFirst(ONE, '13900000000');
    const during = cipherOf(ONE, { opensFirstForm: true });
    expect(during.open(PHONE, 'any', first)).toBe('13900000000');
    expect(sealedBy(first)).toBe('first');
    during.refuseFirstForm();
    expect(() => during.open(PHONE, 'any', first)).toThrow(SealBroken);
    expect(() => cipher.open(PHONE, 'any', first)).toThrow(SealBroken);
  });
});

describe('given a data key that was changed', () => {
  const next = newKey();
  const before = cipherOf(ONE);
  const after = cipherOf(next, { earlier: ` ${ONE} ,` });

  it('when values of both keys are opened, then they open; without the earlier key only the later ones do', () => {
    const [old, now] = [before.seal(PHONE, 'a', 'old'), after.seal(PHONE, 'a', 'now')];
    expect([after.open(PHONE, 'a', old), after.open(PHONE, 'a', now)]).toEqual(['old', 'now']);
    expect(after.open(PHONE, 'a', after.seal(PHONE, 'a', after.open(PHONE, 'a', old)))).toBe('old');
    expect(() => cipherOf(next).open(PHONE, 'a', old)).toThrow(SealBroken);
    expect(sealedBy(now)).toBe(readDataKeys(next).current.id);
    expect(now.subarray(0, 5)).toEqual(after.currentHeader);
    const first = sealFirst(ONE, 'first');
    expect(cipherOf(next, { earlier: ONE, opensFirstForm: true }).open(PHONE, 'a', first)).toBe('first');
  });

  it('when equal values are looked for, then indexes and digests are those from before', () => {
    expect(after.index('phone', '1')).toEqual(before.index('phone', '1'));
    expect(after.digest('request', '1')).toEqual(before.digest('request', '1'));
    expect(after.digest('visit', '1')).not.toEqual(before.digest('request', '1'));
    expect(cipherOf(ONE, { database: 'industry' }).index('phone', '1')).not.toEqual(before.index('phone', '1'));
  });

  it('when the first release made the indexes, then their key is still known', () => {
    const keys = readDataKeys(ONE);
    const index = makeCipher({ database: 'x', keys, indexKey: firstIndexKey(keys.current), opensFirstForm: true });
    expect(index.index('phone', '1')).toHaveLength(16);
  });

  it.each([
    ['', ''],
    ['x', ''],
    [ONE, 'short'],
    [ONE.slice(0, -8), ''],
  ])('when a key is %j and earlier ones %j, then the setting is named', (current, earlier) => {
    expect(() => readDataKeys(current, earlier)).toThrow(ConfigError);
    expect(() => readDataKeys(current, earlier)).toThrow(earlier ? /BANGFU_OLD_DATA_KEYS/ : /BANGFU_DATA_KEY/);
  });
});

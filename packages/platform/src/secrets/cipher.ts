import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { DataKey, DataKeys } from './data-keys.ts';

/** A column of sealed values. Each value is bound to its database, table, column and record. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

/** Names a column of sealed values; the schema has it under the same name. */
export const sealedColumn = (table: string, column: `${string}_sealed`): SealedColumn => ({ table, column });

/** The record of a table whose key has several columns, in their order. */
export const recordOf = (...key: readonly string[]): string => key.join('/');

/** Encrypts sensitive values at rest and makes the blind indexes a search needs (architecture, decision 5). */
export interface Cipher {
  /**
   * Seals a value for the record that will hold it: nobody can put it into another one.
   * @param record the record's primary key as text, see `recordOf`
   */
  seal(column: SealedColumn, record: string, plain: string): Buffer;
  /** @throws SealBroken when the value was altered or sealed for another record, or its key is not known */
  open(column: SealedColumn, record: string, sealed: Uint8Array): string;
  /** A keyed digest: equal values have equal indexes, and nothing can be read back. `field` separates the purposes. */
  index(field: 'id' | 'id-last-four' | 'phone' | 'account' | 'objection' | 'network' | 'slip', plain: string): Buffer;
  /** A keyed digest (32 bytes) to compare contents that hold sensitive values; `purpose` separates them. */
  digest(purpose: 'request' | 'visit', text: string): Buffer;
  /** What every value begins with that is sealed in today's form with the current key. */
  readonly currentHeader: Buffer;
  /** From now on nothing is opened that an earlier release sealed, which bound values to no record. */
  refuseFirstForm(): void;
}

/** A sealed value that cannot be opened; the place is named, never the value. */
export class SealBroken extends Error {
  constructor(column: SealedColumn, record: string, options?: ErrorOptions) {
    super(
      `the sealed value ${column.table}.${column.column} of ${record} was altered, belongs elsewhere or has an unknown key`,
      options,
    );
    this.name = 'SealBroken';
  }
}

/** What a cipher is made of. */
export interface CipherParts {
  /** The service whose database the values lie in. */
  readonly database: string;
  readonly keys: DataKeys;
  /** Key of blind indexes and digests: it stays when the data key changes, so that they do. */
  readonly indexKey: KeyObject;
  /** Whether values of the first form are opened: only until all of a database are sealed in today's. */
  readonly opensFirstForm: boolean;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
/** Version and key id. The first form, without a place, began with the bytes 1 and 1. */
const HEADER = 5;
const VERSION = 2;
const FIRST_HEADER = 2;
const NONCES_DRAWN = 1024;

/** Nonces, each handed out once; drawn many at a time, since a draw costs as much as sealing a value. */
function nonceSource(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = randomBytes(NONCE * NONCES_DRAWN);
      at = 0;
    }
    return drawn.subarray(at, (at += NONCE));
  };
}

/** The key of blind indexes as an installation's first release derived it from its data key. */
export const firstIndexKey = (key: DataKey): KeyObject => key.derive('bangfu index v1');

/** The key a service's database gets for its blind indexes when it holds none yet. */
export const ownIndexKey = (key: DataKey, database: string): KeyObject => key.derive(`bangfu index v2 ${database}`);

/** What a value was sealed by: a key's id, or `first` for the form of the first release, which names none. */
export function sealedBy(sealed: Uint8Array): string {
  return sealed[0] === VERSION ? Buffer.from(sealed.subarray(1, HEADER)).toString('hex') : 'first';
}

/** A cipher for the values of one database. */
export function makeCipher({ database, keys, indexKey, opensFirstForm }: CipherParts): Cipher {
  const valueKeys = new Map(keys.all.map((key) => [key.id, key.derive(`bangfu value v2 ${database}`)]));
  const currentKey = valueKeys.get(keys.current.id) as KeyObject;
  const currentHeader = Buffer.from([VERSION, ...Buffer.from(keys.current.id, 'hex')]);
  const digestKey = createSecretKey(
    Buffer.from(hkdfSync('sha256', indexKey.export(), Buffer.alloc(0), 'bangfu digest v1', 32)),
  );
  const nextNonce = nonceSource();
  // Made when one is needed: few databases hold values of the first form.
  let firstKeys: readonly KeyObject[] | null = opensFirstForm ? null : [];
  const places = new Map<SealedColumn, string>();
  /** What a value is bound to: the form, its key and its place. */
  const boundTo = (keyId: string, column: SealedColumn, record: string) => {
    let place = places.get(column);
    if (place === undefined) {
      place = `\0${database}\0${column.table}\0${column.column}\0`;
      places.set(column, place);
    }
    // The database writes ids in small letters, a caller may not.
    return Buffer.from(`2\0${keyId}${place}${record.toLowerCase()}`);
  };

  const decrypt = (key: KeyObject, bound: Buffer | null, bytes: Buffer) => {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    if (bound) decipher.setAAD(bound);
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
  };

  /** The first form names no key: the right one is found by trying. */
  const openFirstForm = (bytes: Buffer) => {
    let failure: unknown = new Error('the first form is no longer opened here');
    firstKeys ??= keys.all.map((key) => key.derive('bangfu value v1'));
    for (const key of firstKeys) {
      try {
        return decrypt(key, null, bytes.subarray(FIRST_HEADER));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };

  return {
    seal(column, record, plain) {
      const nonce = nextNonce();
      const cipher = createCipheriv(ALGORITHM, currentKey, nonce, { authTagLength: TAG });
      cipher.setAAD(boundTo(keys.current.id, column, record));
      const body = cipher.update(plain, 'utf8');
      // In this mode the end gives no more bytes, only the tag.
      cipher.final();
      return Buffer.concat([currentHeader, nonce, cipher.getAuthTag(), body]);
    },
    open(column, record, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
      try {
        if (bytes[0] === 1 && bytes[1] === 1) return openFirstForm(bytes);
        const id = sealedBy(bytes);
        const key = bytes[0] === VERSION ? valueKeys.get(id) : undefined;
        if (!key) throw new Error(`no data key ${id}`);
        return decrypt(key, boundTo(id, column, record), bytes.subarray(HEADER));
      } catch (cause) {
        throw new SealBroken(column, record, { cause });
      }
    },
    index(field, plain) {
      return createHmac('sha256', indexKey).update(`${field}\0${plain}`).digest().subarray(0, 16);
    },
    digest(purpose, text) {
      return createHmac('sha256', digestKey).update(`${purpose}\0${text}`).digest();
    },
    currentHeader,
    refuseFirstForm() {
      firstKeys = [];
    },
  };
}

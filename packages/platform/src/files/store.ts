import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomBytes } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, pipeline as pipe, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import { Refusal } from '../http/refusal.ts';
import type { DataKeys } from '../secrets/data-keys.ts';

/** A file as rows refer to it. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}

/** Content-addressed files, encrypted on disk; the port that a bucket store would implement too (decision 14). */
export interface FileStore {
  /**
   * Takes a stream to its end. @throws DomainError FILE_TOO_LARGE beyond `limit` bytes; Refusal 507 DISK_LOW when the
   * disk has less room than must stay free; nothing is kept then.
   */
  put(source: Readable, limit: number): Promise<StoredFile>;
  /** Opens the decrypted bytes; fails at the end when the stored file was altered or is another one. */
  read(sha256: string): Promise<Readable>;
  /** Gives `work` the plain file on disk for random access, and removes it afterwards whatever happens. */
  withPlainCopy<T>(sha256: string, work: (path: string) => Promise<T>): Promise<T>;
  delete(sha256: string): Promise<void>;
  /** The room on the disk, in bytes, and whether uploads are refused for want of it. */
  room(): Promise<{ readonly freeBytes: number; readonly isLow: boolean }>;
  /** Removes what a killed process left half-written or decrypted; to be called before anything else is. */
  clearLeftovers(): Promise<void>;
  /** All files, each with the id of its key, `first` for the form of the first release. */
  all(): AsyncGenerator<{ readonly sha256: string; readonly sealedBy: string; readonly isCurrent: boolean }>;
  /** Seals a file in today's form with the current key. @throws Error when it was altered, or its key is not known */
  reseal(sha256: string): Promise<void>;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const KEY_ID = 4;
/** What a file of today's form begins with; then the id of its key. The first form began with its nonce. */
const MAGIC = Buffer.from('BANGFU\0\x02', 'latin1');
const HEADER = MAGIC.length + KEY_ID;

/** What uploads leave free: the databases of one machine lie on the same disk and stop when it is full. */
const MIN_FREE_BYTES = 500 * 1024 * 1024;
/**
 * Beyond its first megabyte a file is taken in at 20 MB a second, more than most lines carry: at the speed of a client
 * on the same machine, sealing it would keep all other requests waiting.
 */
const BURST_BYTES = 1024 * 1024;
const BYTES_PER_MS = 20_000;
/** How often a stream looks whether the room is still there. */
const LOOK_EVERY_BYTES = 8 * 1024 * 1024;

/** The bytes a disk has free for us. */
async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** How a file lies on the disk: with the key of this id, or in the form of the first release, which names none. */
interface Form {
  readonly keyId: string | null;
  readonly start: number;
  readonly size: number;
}

/** A stream into a new file, which is there already: one that a stream opens later could outlive its removal. */
const newFile = async (path: string) => (await open(path, 'wx', 0o600)).createWriteStream();

async function formOf(handle: FileHandle): Promise<Form> {
  const { size } = await handle.stat();
  const header = Buffer.alloc(HEADER);
  await handle.read(header, 0, HEADER, 0);
  const isToday = header.subarray(0, MAGIC.length).equals(MAGIC);
  return isToday
    ? { keyId: header.subarray(MAGIC.length).toString('hex'), start: HEADER, size }
    : { keyId: null, start: 0, size };
}

/**
 * A file store under `folder`, sealed by keys that are derived for this service from the installation's data keys. A
 * file is bound to its name, which is the digest of what it holds. `freeBytes` is for tests.
 */
export function diskFileStore(folder: string, keys: DataKeys, service: string, freeBytes = freeBytesOf): FileStore {
  const fileKeys = new Map(keys.all.map((key) => [key.id, key.derive(`bangfu file v2 ${service}`)]));
  const header = Buffer.concat([MAGIC, Buffer.from(keys.current.id, 'hex')]);
  const currentKey = fileKeys.get(keys.current.id) as KeyObject;
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content address');
    return join(folder, sha256.slice(0, 2), sha256);
  };
  const incomingFolder = join(folder, 'incoming');
  const incoming = async () => {
    await mkdir(incomingFolder, { recursive: true, mode: 0o700 });
    return join(incomingFolder, randomBytes(12).toString('hex'));
  };

  async function room() {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const free = await freeBytes(folder);
    return { freeBytes: free, isLow: free < MIN_FREE_BYTES };
  }

  /** The decrypted bytes of an open file, which is closed however their reading ends. */
  async function decrypted(handle: FileHandle, key: KeyObject, { keyId, start, size }: Form): Promise<Readable> {
    const nonce = Buffer.alloc(NONCE);
    const tag = Buffer.alloc(TAG);
    await handle.read(nonce, 0, NONCE, start);
    await handle.read(tag, 0, TAG, size - TAG);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG }).setAuthTag(tag);
    if (keyId !== null) decipher.setAAD(Buffer.concat([MAGIC, Buffer.from(keyId, 'hex')]));
    // An empty file has no byte between nonce and tag, and a stream cannot be asked for none.
    const isEmpty = size === start + NONCE + TAG;
    if (isEmpty) await handle.close();
    const body = isEmpty ? Readable.from([]) : handle.createReadStream({ start: start + NONCE, end: size - TAG - 1 });
    // Ends both when either ends early, as an abandoned download does; the reader sees the error.
    return pipe(body, decipher, () => undefined);
  }

  /** The first form names no key; the right one is found by reading with each. */
  async function firstFormKey(path: string, form: Form): Promise<KeyObject> {
    const candidates = keys.all.map((key) => key.derive('bangfu file v1'));
    for (const key of candidates.slice(0, -1)) {
      try {
        for await (const _ of await decrypted(await open(path), key, form));
        return key;
      } catch {
        // Another key's, or altered: the last one says so when it is read.
      }
    }
    return candidates.at(-1) as KeyObject;
  }

  async function read(sha256: string): Promise<Readable> {
    // One handle for all: the same content put once more may replace the file meanwhile.
    const path = pathOf(sha256);
    const handle = await open(path);
    try {
      const form = await formOf(handle);
      const key = form.keyId === null ? await firstFormKey(path, form) : fileKeys.get(form.keyId);
      if (!key) throw new Error(`the file ${sha256} is sealed with the unknown data key ${form.keyId}`);
      const bytes = await decrypted(handle, key, form);
      return pipe(bytes, namedBy(sha256), () => undefined);
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** Writes a stream sealed to `path`. `isLow` says whether the disk has no room for it. */
  async function write(
    path: string,
    source: Readable,
    limit: number,
    isLow: () => Promise<boolean>,
  ): Promise<StoredFile> {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, currentKey, nonce, { authTagLength: TAG }).setAAD(header);
    const hash = createHash('sha256');
    const began = performance.now();
    let size = 0;
    let looked = 0;
    let hasRoom = !(await isLow());
    const to = await newFile(path);
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        yield header;
        yield nonce;
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size - looked >= LOOK_EVERY_BYTES) {
            looked = size;
            hasRoom = !(await isLow());
          }
          // Too much is still read to its end: a connection whose body is left half-read fails the next request.
          if (size > limit || !hasRoom) continue;
          hash.update(chunk);
          yield cipher.update(chunk);
          const aheadMs = (size - BURST_BYTES) / BYTES_PER_MS - (performance.now() - began);
          if (aheadMs >= 1) await setTimeout(aheadMs);
        }
        if (size > limit) throw new DomainError('FILE_TOO_LARGE', { megabytes: Math.floor(limit / 1_048_576) });
        if (!hasRoom) throw new Refusal(507, 'DISK_LOW');
        yield cipher.final();
        yield cipher.getAuthTag();
      },
      to,
    );
    return { sha256: hash.digest('hex'), size };
  }

  /** The names of all files, folder by folder. */
  async function listed(): Promise<string[]> {
    const folders = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name));
    const names = await Promise.all(folders.map((name) => readdir(join(folder, name))));
    return names.flat().filter((name) => /^[0-9a-f]{64}$/.test(name));
  }

  return {
    async put(source, limit) {
      const path = await incoming();
      try {
        const stored = await write(path, source, limit, async () => (await room()).isLow);
        const target = pathOf(stored.sha256);
        await mkdir(join(target, '..'), { recursive: true, mode: 0o700 });
        await rename(path, target);
        return stored;
      } catch (error) {
        await rm(path, { force: true });
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Refusal(507, 'DISK_LOW');
        throw error;
      }
    },
    read,
    async withPlainCopy(sha256, work) {
      const path = await incoming();
      try {
        try {
          await pipeline(await read(sha256), await newFile(path));
        } catch (error) {
          throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new Refusal(507, 'DISK_LOW') : error;
        }
        return await work(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    room,
    async delete(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    async clearLeftovers() {
      await rm(incomingFolder, { recursive: true, force: true });
    },
    async *all() {
      for (const sha256 of await listed()) {
        const handle = await open(pathOf(sha256)).catch(() => null);
        if (!handle) continue;
        const { keyId } = await formOf(handle).finally(() => handle.close());
        yield { sha256, sealedBy: keyId ?? 'first', isCurrent: keyId === keys.current.id };
      }
    },
    async reseal(sha256) {
      const path = await incoming();
      try {
        await write(path, await read(sha256), Number.POSITIVE_INFINITY, async () => false);
        // One that was deleted meanwhile does not come back.
        await access(pathOf(sha256));
        await rename(path, pathOf(sha256));
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Passes bytes on and fails at their end when their digest is not the name they were asked for by. */
function namedBy(sha256: string): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : new Error(`the file ${sha256} holds something else`));
    },
  });
}

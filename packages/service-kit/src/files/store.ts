import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, pipeline as pipe } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import { Refusal } from '../http/refusal.ts';

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
  /** Opens the decrypted bytes; fails at the end when the stored file was altered. */
  read(sha256: string): Promise<Readable>;
  /** Gives `work` the plain file on disk for random access, and removes it afterwards whatever happens. */
  withPlainCopy<T>(sha256: string, work: (path: string) => Promise<T>): Promise<T>;
  delete(sha256: string): Promise<void>;
  /** The room on the disk, in bytes, and whether uploads are refused for want of it. */
  room(): Promise<{ readonly freeBytes: number; readonly isLow: boolean }>;
  /** Removes what a killed process left half-written or decrypted; to be called before anything else is. */
  clearLeftovers(): Promise<void>;
}

const NONCE = 12;
const TAG = 16;

/** What uploads leave free: the databases of one machine lie on the same disk and stop when it is full. */
const MIN_FREE_BYTES = 500 * 1024 * 1024;
/** How often a stream looks whether the room is still there. */
const LOOK_EVERY_BYTES = 8 * 1024 * 1024;

/** The bytes a disk has free for us. */
async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A file store under `folder`, sealed by a key derived from the installation's data key. `freeBytes` is for tests. */
export function diskFileStore(folder: string, dataKey: string, freeBytes = freeBytesOf): FileStore {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(dataKey, 'base64'), Buffer.alloc(0), 'bangfu file v1', 32));
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

  async function read(sha256: string): Promise<Readable> {
    // One handle for all: the same content put once more may replace the file meanwhile.
    const handle = await open(pathOf(sha256));
    try {
      const { size } = await handle.stat();
      const nonce = Buffer.alloc(NONCE);
      const tag = Buffer.alloc(TAG);
      await handle.read(nonce, 0, NONCE, 0);
      await handle.read(tag, 0, TAG, size - TAG);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag);
      // An empty file has no byte between nonce and tag, and a stream cannot be asked for none.
      const isEmpty = size === NONCE + TAG;
      if (isEmpty) await handle.close();
      const body = isEmpty ? Readable.from([]) : handle.createReadStream({ start: NONCE, end: size - TAG - 1 });
      // Ends both when either ends early, as an abandoned download does; the reader sees the error.
      return pipe(body, decipher, () => undefined);
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  return {
    async put(source, limit) {
      const path = await incoming();
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const hash = createHash('sha256');
      let size = 0;
      let looked = 0;
      let { isLow } = await room();
      try {
        await pipeline(
          source,
          async function* (chunks: AsyncIterable<Buffer>) {
            yield nonce;
            for await (const chunk of chunks) {
              size += chunk.length;
              if (size - looked >= LOOK_EVERY_BYTES) {
                looked = size;
                ({ isLow } = await room());
              }
              // Too much is still read to its end: a connection whose body is left half-read fails the next request.
              if (size > limit || isLow) continue;
              hash.update(chunk);
              yield cipher.update(chunk);
            }
            if (size > limit) throw new DomainError('FILE_TOO_LARGE', { megabytes: Math.floor(limit / 1_048_576) });
            if (isLow) throw new Refusal(507, 'DISK_LOW');
            yield cipher.final();
            yield cipher.getAuthTag();
          },
          createWriteStream(path, { mode: 0o600 }),
        );
        const sha256 = hash.digest('hex');
        const target = pathOf(sha256);
        await mkdir(join(target, '..'), { recursive: true, mode: 0o700 });
        await rename(path, target);
        return { sha256, size };
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
          await pipeline(await read(sha256), createWriteStream(path, { mode: 0o600 }));
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
  };
}

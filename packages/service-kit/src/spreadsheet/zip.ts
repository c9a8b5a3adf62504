import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import { asRefusal, refuse, type WorkbookLimits } from './limits.ts';

/** The parts of a zip by name, whatever its case, inflated as streams. */
export interface Zip {
  readonly has: (name: string) => boolean;
  readonly inflatedSize: (name: string) => number;
  readonly inflatedTotal: number;
  /** The part's bytes in chunks. @throws DomainError WORKBOOK_BROKEN when they are damaged, missing or not what the directory says. */
  readonly read: (name: string) => AsyncIterable<Buffer>;
  readonly readWhole: (name: string, most: number) => Promise<Buffer>;
  readonly close: () => void;
}

const CHUNK = 256 * 1024;
/** Below this a ratio says nothing: small parts may well be all alike. */
const RATIO_FROM = 2 ** 20;
const MOST_ENTRIES = 10_000;

function checkSizes(entries: Iterable<yauzl.Entry>, limits: WorkbookLimits): void {
  let total = 0;
  for (const { uncompressedSize, compressedSize } of entries) {
    total += uncompressedSize;
    if (uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * limits.zipRatio)
      refuse('ZIP_BOMB', 'ratio');
    if (total > limits.inflatedBytes) refuse('ZIP_BOMB', 'total');
  }
}

/** Opens a zip and checks its directory before anything is inflated. @throws DomainError ZIP_BOMB, WORKBOOK_ENCRYPTED, WORKBOOK_BROKEN. */
export async function openZip(path: string, limits: WorkbookLimits): Promise<Zip> {
  const entries = new Map<string, yauzl.Entry>();
  let file: yauzl.ZipFile;
  try {
    file = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw asRefusal(error);
  }
  try {
    if (file.entryCount > MOST_ENTRIES) refuse('ZIP_BOMB', 'entries');
    for await (const entry of file.eachEntry()) {
      if (entry.isEncrypted()) refuse('WORKBOOK_ENCRYPTED');
      entries.set(entry.fileName.toLowerCase(), entry);
    }
    checkSizes(entries.values(), limits);
  } catch (error) {
    file.close();
    throw asRefusal(error);
  }

  const inflatedSize = (name: string) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0;

  async function* read(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (!entry) refuse('WORKBOOK_BROKEN', name);
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) refuse('WORKBOOK_BROKEN', name);
    let sum = 0;
    let size = 0;
    try {
      const raw = await file.openReadStreamPromise(entry, entry.compressionMethod === 8 ? { decompress: false } : {});
      for await (const chunk of entry.compressionMethod === 8 ? inflate(raw) : (raw as AsyncIterable<Buffer>)) {
        size += chunk.length;
        if (size > entry.uncompressedSize) refuse('WORKBOOK_BROKEN', name);
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      throw asRefusal(error);
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) refuse('WORKBOOK_BROKEN', name);
  }

  return {
    has: (name) => entries.has(name.toLowerCase()),
    inflatedSize,
    inflatedTotal: [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0),
    read,
    async readWhole(name, most) {
      if (inflatedSize(name) > most) refuse('WORKBOOK_TOO_LARGE', name);
      const chunks: Buffer[] = [];
      for await (const chunk of read(name)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    close: () => file.close(),
  };
}

async function* inflate(raw: Readable): AsyncGenerator<Buffer> {
  const inflated = createInflateRaw({ chunkSize: CHUNK });
  raw.on('error', (error) => inflated.destroy(error));
  raw.pipe(inflated);
  try {
    for await (const chunk of inflated) yield chunk as Buffer;
  } finally {
    raw.destroy();
    inflated.destroy();
  }
}

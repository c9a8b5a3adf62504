import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import { type Budget, openBudget } from './budget.ts';
import { asRefusal, refuse, type WorkbookLimits } from './limits.ts';

/** The parts of a zip by name, whatever its case, inflated as streams. */
export interface Zip {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  readonly inflatedSize: (name: string) => number;
  /** The part's bytes in chunks. @throws DomainError WORKBOOK_BROKEN when they are damaged, missing or not what the directory says. */
  readonly read: (name: string) => AsyncIterable<Buffer>;
  readonly readWhole: (name: string, most: number) => Promise<Buffer>;
  readonly close: () => void;
}

const CHUNK = 256 * 1024;
const MOST_ENTRIES = 10_000;
/** A bit of the header: sizes and sum come after the data, and are zero before it. */
const SIZES_FOLLOW = 0x08;

/** Refuses a directory that promises too much, or entries that share a name or bytes of the file. */
function checkDirectory(entries: readonly yauzl.Entry[], limits: WorkbookLimits): void {
  let total = 0;
  const names = new Set<string>();
  for (const { uncompressedSize, fileName } of entries) {
    total += uncompressedSize;
    if (total > limits.inflatedBytes) refuse('ZIP_BOMB', 'total');
    const name = fileName.toLowerCase();
    if (names.has(name)) refuse('ZIP_BOMB', 'repeated');
    names.add(name);
  }
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) refuse('WORKBOOK_BROKEN', entry.fileName);
    end = entry.relativeOffsetOfLocalHeader + entry.compressedSize;
  }
}

/**
 * Opens a zip and checks its directory before anything is inflated.
 * @throws DomainError ZIP_BOMB, WORKBOOK_ENCRYPTED, WORKBOOK_BROKEN
 */
export async function openZip(path: string, limits: WorkbookLimits, budget: Budget = openBudget(limits)): Promise<Zip> {
  const entries = new Map<string, yauzl.Entry>();
  let file: yauzl.ZipFile;
  try {
    file = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw asRefusal(error);
  }
  try {
    if (file.entryCount > MOST_ENTRIES) refuse('ZIP_BOMB', 'entries');
    const all: yauzl.Entry[] = [];
    for await (const entry of file.eachEntry()) {
      if (entry.isEncrypted()) refuse('WORKBOOK_ENCRYPTED');
      all.push(entry);
      entries.set(entry.fileName.toLowerCase(), entry);
    }
    checkDirectory(all, limits);
  } catch (error) {
    file.close();
    throw asRefusal(error);
  }

  const inflatedSize = (name: string) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0;

  /** What stands before the data must be what the directory says: a reader may believe either. */
  async function requireSame(entry: yauzl.Entry): Promise<void> {
    const local = await file.readLocalFileHeaderPromise(entry);
    const follow = (local.generalPurposeBitFlag & SIZES_FOLLOW) !== 0;
    const is64 = local.uncompressedSize === 0xffffffff || local.compressedSize === 0xffffffff;
    const sizes = local.uncompressedSize === entry.uncompressedSize && local.compressedSize === entry.compressedSize;
    if (local.compressionMethod !== entry.compressionMethod || !(sizes || follow || is64))
      refuse('WORKBOOK_BROKEN', entry.fileName);
  }

  async function* read(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (!entry) refuse('WORKBOOK_BROKEN', name);
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) refuse('WORKBOOK_BROKEN', name);
    const part = budget.openPart(name.toLowerCase());
    let sum = 0;
    let size = 0;
    try {
      await requireSame(entry);
      const raw = await file.openReadStreamPromise(entry, entry.compressionMethod === 8 ? { decompress: false } : {});
      for await (const chunk of entry.compressionMethod === 8 ? inflate(raw) : (raw as AsyncIterable<Buffer>)) {
        size += chunk.length;
        part.inflated(chunk.length, entry.compressedSize);
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
    names: [...entries.values()].map(({ fileName }) => fileName),
    has: (name) => entries.has(name.toLowerCase()),
    inflatedSize,
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

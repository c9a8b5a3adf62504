import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DomainError } from '@bangfu/domain/shared/errors';
import { makeZip } from '@bangfu/testkit/zip';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KIT_MESSAGES } from '../http/messages.ts';
import { readListIn, UNWATCHED } from '../jobs/list-job.ts';
import { HOSTILE_FILES, type HostileFile } from '../testing/hostile-workbooks.ts';
import { DEFAULT_LIMITS, type WorkbookLimits } from './limits.ts';
import { openWorkbook } from './open.ts';
import { readList } from './read-list.ts';

const MB = 2 ** 20;
const PROGRAM = fileURLToPath(new URL('../testing/hostile-workbooks-process.ts', import.meta.url));
const LONGEST_MS = 10_000;
const MAX_GROWTH_BYTES = 100 * MB;
const MAX_HELD_MS = 100;
/** A tenth of what is allowed, so that the files may be small too. */
const LIMITS: Partial<WorkbookLimits> = {
  inflatedBytes: DEFAULT_LIMITS.inflatedBytes / 10,
  stringBytes: DEFAULT_LIMITS.stringBytes / 10,
  rows: DEFAULT_LIMITS.rows / 10,
  allRows: DEFAULT_LIMITS.allRows / 10,
  allSigns: DEFAULT_LIMITS.allSigns / 10,
  memoryMb: 400,
  stalledMs: LONGEST_MS,
};

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const pathOf = (file: HostileFile) => join(folder, String(HOSTILE_FILES.indexOf(file)));
// Made in another process: what the making costs is not to be measured here.
beforeAll(() => promisify(execFile)(process.execPath, ['--conditions=SOURCE', PROGRAM, folder]));
afterAll(() => rmSync(folder, { recursive: true }));

function put(bytes: Buffer): string {
  const path = join(folder, 'long');
  writeFileSync(path, bytes);
  return path;
}

/** How a reading ended, and what it cost this process. */
async function cost(read: () => Promise<void>) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().rss;
  const began = performance.now();
  delay.enable();
  const error = await read().then(
    () => null,
    (reason: unknown) => reason,
  );
  delay.disable();
  return {
    error,
    tookMs: performance.now() - began,
    heldMs: delay.max / 1e6,
    grown: process.memoryUsage().rss - before,
  };
}

async function readAll(path: string): Promise<void> {
  const book = await openWorkbook(path, LIMITS);
  try {
    for (const sheet of book.sheets) for await (const batch of sheet.rows()) expect(batch.length).toBeGreaterThan(0);
  } finally {
    await book.close();
  }
}

const asList = async (path: string) => {
  const columns = [
    { key: 'number', headers: ['户编号'] },
    { key: 'name', headers: ['姓名'] },
  ] as const;
  await readList(path, columns, { limits: LIMITS });
};

/** Files that only ask for work nobody does are read; all others are refused. */
const READABLE = /a picture of 60 MB/;

describe.each(HOSTILE_FILES.map((file) => [file.what, file] as const))(
  'given %s',
  { timeout: 60_000 },
  (what, file) => {
    it.each([
      ['every row', readAll],
      ['a list', asList],
    ])('when it is read as %s, then it ends within its budget, in words', async (_as, read) => {
      const first = await cost(() => read(pathOf(file)));
      // Another program may have had the processor meanwhile: what holds the loop does so twice.
      const { error, tookMs, heldMs, grown } =
        first.heldMs < MAX_HELD_MS ? first : await cost(() => read(pathOf(file)));
      if (error !== null) {
        expect(error).toBeInstanceOf(DomainError);
        if (read === readAll) expect(KIT_MESSAGES).toHaveProperty((error as DomainError).code);
      } else expect(what).toMatch(READABLE);
      expect({ tookMs, heldMs, grown }).toEqual({
        tookMs: expect.toSatisfy((ms: number) => ms < LONGEST_MS),
        heldMs: expect.toSatisfy((ms: number) => ms < MAX_HELD_MS),
        grown: expect.toSatisfy((bytes: number) => bytes < MAX_GROWTH_BYTES),
      });
    });
  },
);

it('given the limits of a workbook, then they are those that are promised', () => {
  expect(DEFAULT_LIMITS).toMatchObject({
    fileBytes: 200 * MB,
    inflatedBytes: 2048 * MB,
    stringBytes: 200 * MB,
    sheets: 500,
    stalledMs: 60_000,
  });
});

describe('given a file that takes long', () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => `<row r="${at + 1}"><c><v>${at}</v></c></row>`).join('');
  const long = () => put(makeZip(xlsxParts(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)));
  const longList = () => put(Buffer.from(`户编号\n${Array.from({ length: 60_000 }, (_, at) => `${at}\n`).join('')}`));

  it('when its work is cancelled, then the reading ends with that reason', async () => {
    const path = long();
    const stop = new AbortController();
    const reason = new Error('nobody wants it');
    const book = await openWorkbook(path, {}, stop.signal);
    const read = async () => {
      for await (const batch of book.sheets[0]?.rows() ?? []) if (batch.length > 0) stop.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    await book.close();
  });

  it('when more are read than two, then the others wait, and one that is cancelled leaves the line', async () => {
    const path = long();
    const first = [await openWorkbook(path), await openWorkbook(path)];
    let isThird = false;
    const third = openWorkbook(path).then((book) => {
      isThird = true;
      return book.close();
    });
    const leaving = new AbortController();
    const fourth = openWorkbook(path, {}, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(fourth).rejects.toThrow('left');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isThird).toBe(false);
    for (const book of first) await book.close();
    await third;
    expect(isThird).toBe(true);
  });

  it('when twenty wait for a reader, then the next is refused in words', async () => {
    const path = long();
    const first = [await openWorkbook(path), await openWorkbook(path)];
    const leaving = new AbortController();
    const waiting = Array.from({ length: 20 }, () => openWorkbook(path, {}, leaving.signal));
    const left = Promise.allSettled(waiting);
    const next = openWorkbook(path, {}, leaving.signal);
    // Where it is not refused it waits as well, and leaves with the others.
    setTimeout(() => leaving.abort(new Error('left')), 500);
    await expect(next).rejects.toMatchObject({ status: 503, code: 'READERS_BUSY' });
    expect(KIT_MESSAGES).toHaveProperty('READERS_BUSY');
    expect((await left).every(({ status }) => status === 'rejected')).toBe(true);
    for (const book of first) await book.close();
  });

  it('when it is read as the list of a job, then the reading ends with the job, whichever of both notices first', async () => {
    const path = longList();
    const columns = [{ key: 'number', headers: ['户编号'] }] as const;
    const reason = new Error('no longer wanted');
    const stop = new AbortController();
    const advance = async () => stop.abort(reason);
    await expect(readListIn({ advance, signal: stop.signal }, path, columns)).rejects.toBe(reason);
    const noticed = { advance: () => Promise.reject(reason), signal: new AbortController().signal };
    await expect(readListIn(noticed, path, columns)).rejects.toBe(reason);
    expect((await readListIn(UNWATCHED, path, columns)).rows).toHaveLength(60_000);
  });

  it('when its reader needs more memory than the ceiling, then it is refused', async () => {
    const path = long();
    await expect(openWorkbook(path, { memoryMb: 1 }).then((book) => readEnd(book))).rejects.toMatchObject({
      code: 'WORKBOOK_TOO_LARGE',
      params: { detail: 'memory' },
    });
  });
});

async function readEnd(book: Awaited<ReturnType<typeof openWorkbook>>): Promise<void> {
  try {
    for (;;) for await (const batch of book.sheets[0]?.rows() ?? []) if (batch.length === 0) return;
  } finally {
    await book.close();
  }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@bangfu/domain/shared/errors';
import { makeZip } from '@bangfu/testkit/zip';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { openWorkbook } from './open.ts';
import { openZip } from './zip.ts';

const FIXTURES = new URL('../../../testkit/fixtures/rosters/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CODES = [
  'NOT_A_WORKBOOK',
  'WORKBOOK_MARKUP',
  'TEXT_QUOTE_OPEN',
  'WORKBOOK_EMPTY',
  'WORKBOOK_TOO_LARGE',
  'ZIP_BOMB',
  'WORKBOOK_ENCRYPTED',
  'WORKBOOK_BROKEN',
];
/** Files of each kind: a number, not a span of time, so that each run on any machine tries the same ones. */
const FILES = 200;
/** Readers wait for everything else on the machine: it may be busy. */
const LONG_MS = 240_000;
/** Given up after this time without progress, as a service does after a minute. */
const STALLED_MS = 8_000;
/** A single file never takes longer, however it is damaged. */
const LONGEST_MS = 60_000;

/** Of the damaged .xls and .ods, the one that keeps the library busy for more than a minute. */
const ENDLESS = 2081;

/** The same numbers in every run, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Changes a few bytes, cuts, repeats or drops a piece. */
function mutate(bytes: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = random(copy.length);
  const length = random(Math.min(2000, copy.length - at)) + 1;
  switch (random(5)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
    case 2:
      return Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
    default:
      for (let i = random(8); i >= 0; i--) copy[random(copy.length)] = random(256);
      return copy;
  }
}

/** Reads everything. @returns the rows read, or the code of the refusal; anything else thrown is a failure of the test. */
async function outcome(path: string, stalledMs = STALLED_MS): Promise<number | string> {
  let rows = 0;
  try {
    const book = await openWorkbook(path, { stalledMs });
    try {
      for (const sheet of book.sheets) for await (const batch of sheet.rows()) rows += batch.length;
    } finally {
      await book.close();
    }
    return rows;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

async function mutateMany(seed: number, make: (random: (below: number) => number) => Buffer) {
  const random = generator(seed);
  const path = join(folder, String(seed));
  const seen = { read: 0, refused: 0 };
  for (let file = 0; file < FILES; file++) {
    writeFileSync(path, make(random));
    const began = performance.now();
    const result = await outcome(path);
    expect(performance.now() - began).toBeLessThan(LONGEST_MS);
    if (typeof result === 'string') {
      expect(CODES).toContain(result);
      seen.refused++;
    } else seen.read++;
  }
  return seen;
}

describe('damaged workbooks', () => {
  it(
    'given .xlsx and .csv files with changed bytes then each is read or refused by a code',
    async () => {
      const files = ['clean.xlsx', 'wps.xlsx', 'libreoffice.xlsx', 'gb18030.csv', 'utf8.csv'].map((name) =>
        readFileSync(FIXTURES + name),
      );
      const seen = await mutateMany(1, (random) => mutate(files[random(files.length)] as Buffer, random));
      expect(seen.read).toBeGreaterThan(5);
      expect(seen.refused).toBeGreaterThan(5);
    },
    LONG_MS,
  );

  it(
    'given damaged XML behind right checksums then each is read or refused by a code',
    async () => {
      const zip = await openZip(`${FIXTURES}libreoffice.xlsx`, DEFAULT_LIMITS);
      const names = [
        'xl/workbook.xml',
        'xl/_rels/workbook.xml.rels',
        'xl/styles.xml',
        'xl/sharedStrings.xml',
        'xl/worksheets/sheet1.xml',
      ];
      const parts: Record<string, Buffer> = {};
      for (const name of names) parts[name] = await zip.readWhole(name, 2 ** 24);
      zip.close();
      const seen = await mutateMany(2, (random) => {
        const name = names[random(names.length)] as string;
        return makeZip({ ...parts, [name]: mutate(parts[name] as Buffer, random) });
      });
      expect(seen.read).toBeGreaterThan(0);
      expect(seen.refused).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  it(
    'given damaged .xls and .ods files then each is read or refused by a code',
    async () => {
      const files = ['legacy.xls', 'sheet.ods'].map((name) => readFileSync(FIXTURES + name));
      const seen = await mutateMany(3, (random) => mutate(files[random(files.length)] as Buffer, random));
      expect(seen.read).toBeGreaterThan(0);
      expect(seen.refused).toBeGreaterThan(5);
    },
    LONG_MS,
  );

  it(
    'given an .xls on which the library does not come back then it is given up in words',
    async () => {
      const files = ['legacy.xls', 'sheet.ods'].map((name) => readFileSync(FIXTURES + name));
      const random = generator(3);
      let damaged: Buffer = Buffer.alloc(0);
      for (let file = 0; file <= ENDLESS; file++) damaged = mutate(files[random(files.length)] as Buffer, random);
      const path = join(folder, 'endless.xls');
      writeFileSync(path, damaged);
      expect(await outcome(path, 2_000)).toBe('WORKBOOK_TOO_LARGE');
    },
    LONG_MS,
  );
});

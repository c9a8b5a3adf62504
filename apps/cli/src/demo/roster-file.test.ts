import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnOf } from '@bangfu/domain/identification/roster/columns';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NATIONAL_HEADERS, NATIONAL_KEYS } from './national-layout.ts';
import { population } from './population.ts';
import { demoRegions } from './regions.ts';
import { writeRoster } from './roster-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-'));
});
afterAll(() => rm(folder, { recursive: true }));

const regions = await demoRegions('211382000000');
const households = () => population({ regions, households: 250, seed: 'file' });
const expected = [...households()].flatMap(({ rows }) => rows.map((row) => NATIONAL_KEYS.map((key) => row[key])));

test('the headers are those an import knows, in the national order', () => {
  expect(NATIONAL_HEADERS).toHaveLength(27);
  expect(NATIONAL_HEADERS.map(columnOf)).toEqual(NATIONAL_KEYS);
});

test('a workbook is read back as it was drawn: numbers as numbers, long numbers as texts, empty cells empty', async () => {
  const path = join(folder, 'a.xlsx');
  const told: number[] = [];
  const counts = await writeRoster(path, 'xlsx', households(), (done) => told.push(done));
  expect(counts).toEqual({ households: 250, persons: expected.length });
  expect(told.at(-1)).toBe(250);
  const read: unknown[][] = [];
  for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, {})) {
    for await (const row of sheet) {
      read.push(NATIONAL_KEYS.map((_, i) => row.getCell(i + 1).value ?? ''));
    }
  }
  expect(read).toEqual([NATIONAL_HEADERS, ...expected]);
});

test('a CSV begins with a byte-order mark and is read back as it was drawn', async () => {
  const path = join(folder, 'a.csv');
  await writeRoster(path, 'csv', households());
  const text = await readFile(path, 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const lines = text.slice(1).trimEnd().split('\r\n');
  expect(lines.map((line) => line.split(','))).toEqual([NATIONAL_HEADERS, ...expected.map((row) => row.map(String))]);
});

test.each(['xlsx', 'csv'] as const)('a failure in the middle of a %s leaves no file behind', async (kind) => {
  function* failing() {
    yield* population({ regions, households: 120, seed: 'x' });
    throw new Error('out of paper');
  }
  await expect(writeRoster(join(folder, 'b'), kind, failing())).rejects.toThrow('out of paper');
  expect((await readdir(folder)).filter((name) => name.startsWith('b'))).toEqual([]);
});

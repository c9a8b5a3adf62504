import { readFileSync } from 'node:fs';
import { columnProblems, findHeader, type RosterHeader } from '@bangfu/domain/identification/roster/header';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import {
  type ColumnsOf,
  findTwice,
  groupHouseholds,
  heldBackHouseholds,
  householdColumns,
  readHousehold,
} from '@bangfu/domain/identification/roster/read-household';
import { type RosterRow, rowReader } from '@bangfu/domain/identification/roster/read-row';
import { type RegionRow, regionIndex } from '@bangfu/domain/identification/roster/regions';
import { rowKind } from '@bangfu/domain/identification/roster/rows';
import { rowCounter } from '@bangfu/domain/shared/table-rows';
import { regionCode, type RegionLevel } from '@bangfu/domain/shared/region';
import { type RosterKey, rosterKey } from '@bangfu/testkit/rosters';
import { describe, expect, it } from 'vitest';
import type { SheetRow } from './model.ts';
import { openWorkbook } from './open.ts';

const FIXTURES = new URL('../../../testkit/fixtures/', import.meta.url);

function regions(): RegionRow[] {
  const [, ...lines] = readFileSync(new URL('regions/211382.csv', FIXTURES), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [code = '', level = '', name = ''] = line.split(',');
    return { code: regionCode(code), level: level as RegionLevel, name };
  });
}

async function readSheet(rows: AsyncIterable<SheetRow[]>): Promise<SheetRow[]> {
  const all: SheetRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

async function importRoster(file: string) {
  const index = regionIndex(regions(), regionCode('211382000000'));
  const book = await openWorkbook(new URL(`rosters/${file}`, FIXTURES).pathname);
  const problems: RosterProblem[] = [];
  const persons: RosterRow[] = [];
  const headers = new Map<string, RosterHeader>();
  let dataRows = 0;
  let skippedRows = 0;
  for (const sheet of book.sheets) {
    const rows = await readSheet(sheet.rows());
    const header = findHeader(rows);
    if (!header) continue;
    headers.set(sheet.name, header);
    problems.push(...columnProblems(sheet.name, header));
    const counter = rowCounter(header);
    const read = rowReader(sheet.name, header, index, (problem) => problems.push(problem));
    for (const row of rows) {
      if (row.number <= header.lastRow) continue;
      const kind = rowKind(header, row.cells);
      counter.take(row.number, kind);
      if (kind === 'data') persons.push(read(row));
    }
    dataRows += counter.counts().dataRows;
    skippedRows += counter.counts().skippedRows;
  }
  await book.close();
  const columnsOf: ColumnsOf = (sheet) => householdColumns(headers.get(sheet) as RosterHeader);
  const households = groupHouseholds(persons);
  for (const rows of households.values()) problems.push(...readHousehold(rows, columnsOf));
  problems.push(...findTwice(persons, columnsOf));
  const held = heldBackHouseholds(problems);
  const heldPersons = persons.filter((row) => row.householdNumber === '' || held.has(row.householdNumber)).length;
  const byCode = (severity: string) => {
    const codes: Record<string, string[]> = {};
    for (const problem of problems) {
      if (problem.severity !== severity || problem.household === null) continue;
      codes[problem.code] = [...new Set([...(codes[problem.code] ?? []), problem.household])].sort();
    }
    return codes;
  };
  const answer: Omit<RosterKey, 'file'> = {
    dataRows,
    skippedRows,
    households: { create: households.size - held.size, heldBack: held.size },
    persons: { create: persons.length - heldPersons, heldBack: heldPersons },
    errors: byCode('error'),
    warnings: byCode('warning'),
    unknownColumns: [...headers.values()].flatMap((header) => header.unknown.map((column) => column.header)),
  };
  return { answer, problems };
}

describe('the eight rosters of the fixtures', () => {
  it.each([
    'clean.xlsx',
    'messy.xlsx',
    'wps.xlsx',
    'libreoffice.xlsx',
    'gb18030.csv',
    'utf8.csv',
    'legacy.xls',
    'sheet.ods',
  ])('given %s when it is read then every count and every problem is that of its key', async (file) => {
    const { file: _name, ...key } = rosterKey(file);
    const { answer, problems } = await importRoster(file);
    expect(answer).toEqual(key);
    for (const { value } of problems) expect(value).not.toMatch(/\d{12}/);
  });
});

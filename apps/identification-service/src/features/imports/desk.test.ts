import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import {
  answerSamePersons,
  commitImport,
  countImportProblems,
  discardImport,
  getImport,
  listImportProblems,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import { openPool, type Pool } from '@bangfu/data/pool';
import type { FileStore } from '@bangfu/platform/files/store';
import { openWorkbook } from '@bangfu/platform/spreadsheet/open';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { makeZip } from '@bangfu/testkit/zip';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring, bringRegions, problemsOf, rosterText, settled, type TestPerson } from '../../testing/rosters.ts';

const folder = mkdtempSync(join(tmpdir(), 'desk-'));
let world: TestService;
let office: Connection;
let database: Pool;
let files: FileStore;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', (kit) => {
    files = kit.files;
    return buildIdentification(kit);
  });
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.app, 1);
  await bringRegions(office);
});
afterAll(async () => {
  await database.end();
  await world.stop();
  rmSync(folder, { recursive: true });
});

const statusOf = async (number: string) =>
  (await call(office, listHouseholds, { query: { search: number } })).rows[0]?.status;

describe('given a household whose status was announced', () => {
  it('when an old roster says another status, then the status stays, the rest is taken, and the report says so', async () => {
    const number = '21138210100001';
    const person: TestPerson = { number, person: 1, name: '甲一' };
    await bring(office, [person]);
    await database.query(
      `INSERT INTO case_file (id, county_code, household_id, village_code, kind, status, opened_on, state, changed_at)
       SELECT uuidv7(), county_code, id, village_code, 'registration', 'completed', '2026-03-01', '{}', now()
       FROM household WHERE number = $1`,
      [number],
    );
    await database.query(`UPDATE household SET status = 'registered', version = version + 1 WHERE number = $1`, [
      number,
    ]);

    const again = await bring(office, [{ ...person, income: '2500.00' }]);
    expect(again).toMatchObject({ state: 'committed', report: { households: { change: 1, heldBack: 0 } } });
    expect(await statusOf(number)).toBe('registered');
    expect(await problemsOf(office, again.id)).toMatchObject([
      { code: 'STATUS_PROCEDURAL', severity: 'warning', row: 2, column: '脱贫属性', household: number },
    ]);
    const agreeing = await bring(office, [{ ...person, status: '未脱贫', income: '2500.00' }]);
    expect(agreeing.report).toMatchObject({ households: { unchanged: 1 }, problemCounts: {} });
  });
});

describe('given a column that is emptied in a later roster', () => {
  it('when it is brought, then the old value goes; a roster without the column leaves it', async () => {
    const number = '21138210100002';
    const post = (value: string): TestPerson => ({ number, person: 3, name: '乙二', later: { 公益性岗位: value } });
    const kept = async () =>
      (await database.query(`SELECT public_welfare_post AS post FROM person WHERE name = '乙二'`)).rows[0]?.post;
    await bring(office, [post('护林员')]);
    const without = await bring(office, [{ number, person: 3, name: '乙二' }]);
    expect([without.report?.persons.unchanged, await kept()]).toEqual([1, '护林员']);
    const emptied = await bring(office, [post('')]);
    expect([emptied.report?.persons.change, await kept()]).toEqual([1, null]);
    expect((await bring(office, [post('')])).report?.persons.unchanged).toBe(1);
  });
});

describe('given a column that the catalogue does not know', () => {
  it('when it is filled for one person alone, then the same file changes nothing', async () => {
    const number = '21138210100003';
    const persons: TestPerson[] = [
      { number, person: 11, name: '丁四', later: { 备用栏: '三号' } },
      { number, person: 13, name: '丁五', relation: '配偶' },
    ];
    await bring(office, persons);
    const again = await bring(office, persons);
    expect(again.report?.persons).toMatchObject({ unchanged: 2, change: 0 });
  });
});

describe('given a fact with several columns', () => {
  it('when one of its cells is covered by stars, or its first column is missing, then what is known is not lost', async () => {
    const person = { number: '21138210100004', person: 15, name: '戊六' };
    const risks = (...words: readonly string[]): TestPerson => ({
      ...person,
      later: Object.fromEntries(words.map((word, at) => [`致贫/返贫风险${at + 1}`, word])),
    });
    const kept = async () =>
      (await database.query('SELECT risks FROM household WHERE number = $1', [person.number])).rows[0]?.risks;
    await bring(office, [risks('因病', '因学')]);
    expect(await kept()).toEqual(['illness', 'schooling']);
    await bring(office, [risks('因病', '***')]);
    expect(await kept()).toEqual(['illness', 'schooling']);
    await bring(office, [{ ...person, later: { '致贫/返贫风险2': '因残' } }]);
    expect(await kept()).toEqual(['disability']);
    await bring(office, [person]);
    expect(await kept()).toEqual(['disability']);
  });
});

describe('given a known person under another ID number, whose other cells say nothing', () => {
  it('when the clerk says he is the same, then what is known of him stays', async () => {
    const person = { number: '21138210100005', name: '己七' };
    await bring(office, [{ ...person, person: 17, later: { 联系电话: '13900000017', 公益性岗位: '护林员' } }]);
    const unsaid = { ...person, person: 19, later: { 联系电话: '无', 公益性岗位: '***' } };
    const offered = await bring(office, [unsaid], 'false');
    const offer = (await problemsOf(office, offered.id)).find(({ code }) => code === 'ID_CHANGED');
    const params = { importId: offered.id };
    const answers = [{ sheet: offer?.sheet ?? '', row: offer?.row ?? 0, same: true }];
    await call(office, answerSamePersons, { params, body: { version: offered.version, answers } });
    const { version } = await settled(office, offered.id);
    await call(office, commitImport, { params, body: { version } });
    expect(await settled(office, offered.id)).toMatchObject({ state: 'committed', report: { persons: { change: 1 } } });
    const { rows } = await database.query(
      `SELECT public_welfare_post AS post, phone_index IS NOT NULL AS indexed, phone_sealed IS NOT NULL AS sealed
       FROM person WHERE name = $1`,
      [person.name],
    );
    expect(rows).toEqual([{ post: '护林员', indexed: true, sealed: true }]);
  });
});

/** A workbook of two sheets named B and A, in this order, with these rows of cells. */
function twoSheets(first: readonly string[][], second: readonly string[][]): Blob {
  const cell = (row: number) => (text: string, at: number) =>
    `<c r="${String.fromCodePoint(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = (rows: readonly string[][]) => {
    const lines = rows.map((texts, at) => `<row r="${at + 1}">${texts.map(cell(at + 1)).join('')}</row>`);
    return `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
  };
  const parts = xlsxParts(sheet(first), { 'xl/worksheets/sheet2.xml': sheet(second) });
  const relations = parts['xl/_rels/workbook.xml.rels'] ?? '';
  const bytes = makeZip({
    ...parts,
    'xl/workbook.xml': (parts['xl/workbook.xml'] ?? '').replace(
      /<sheets>.*<\/sheets>/,
      '<sheets><sheet name="B" sheetId="1" r:id="rId1"/><sheet name="A" sheetId="2" r:id="rId9"/></sheets>',
    ),
    'xl/_rels/workbook.xml.rels': relations.replace(
      /(<Relationship Id=")rId1("[^>]*)sheet1.xml"\/>/,
      (one, start: string, middle: string) => `${one}${start}rId9${middle}sheet2.xml"/>`,
    ),
  });
  return new Blob([new Uint8Array(bytes)]);
}
const cellsOf = (persons: readonly TestPerson[]) =>
  rosterText(persons)
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe('given a workbook of two sheets', () => {
  it('when the second comes first in the alphabet, then the problems of both are counted, listed and marked', async () => {
    const faulty = (number: string, person: number): TestPerson => ({ number, person, name: '丙', village: '无名村' });
    const body = twoSheets(cellsOf([faulty('1', 5), faulty('2', 7)]), cellsOf([faulty('3', 9)]));
    const { id } = await call(office, uploadRoster, { query: { name: 'two.xlsx' }, body });
    expect((await settled(office, id)).report?.problemCounts).toEqual({ REGION_UNKNOWN: 3 });
    const params = { importId: id };
    expect((await call(office, countImportProblems, { params })).rows).toEqual([
      { code: 'REGION_UNKNOWN', severity: 'error', village: null, count: 3 },
    ]);
    const query = { code: 'REGION_UNKNOWN', village: '', limit: 2 };
    expect(await call(office, listImportProblems, { params, query })).toMatchObject({ total: 3, rows: [{}, {}] });

    const answer = await office.fetch?.(`${office.baseUrl}/api/identification/imports/${id}/problems.xlsx`);
    const { rows: noted } = await database.query(
      `SELECT account_id, change FROM platform.audit_entry WHERE action = 'identification.roster.problems-downloaded' AND record_id = $1`,
      [id],
    );
    expect(noted).toEqual([{ account_id: 'test-office', change: { file: 'two.xlsx', sha256: expect.any(String) } }]);
    const path = join(folder, 'problems.xlsx');
    writeFileSync(path, Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0)));
    const marked = await openWorkbook(path);
    const told: string[] = [];
    for (const each of marked.sheets) {
      for await (const batch of each.rows()) {
        for (const row of batch) if (row.cells[0]?.text.includes('无名村')) told.push(`${each.name} ${row.number}`);
      }
    }
    await marked.close();
    expect(told).toEqual(['B 2', 'B 3', 'A 2']);
  });

  it('when one of them lacks a column, then what the register holds of its households stays', async () => {
    const [one, other]: TestPerson[] = [
      { number: '21138210100021', person: 21, name: '辛八' },
      { number: '21138210100022', person: 23, name: '壬九' },
    ];
    if (!one || !other) throw new Error('two households');
    await bring(office, [one, other]);
    const body = twoSheets(
      cellsOf([{ ...one, income: '3000.00' }]),
      cellsOf([other]).map((cells) => cells.slice(0, -1)),
    );
    const { id } = await call(office, uploadRoster, { query: { name: 'two.xlsx', commit: 'true' }, body });
    expect((await settled(office, id)).report?.households).toMatchObject({ change: 1, unchanged: 1 });
    const { rows } = await database.query(
      'SELECT per_capita_income_fen AS income FROM household WHERE number = ANY ($1) ORDER BY number',
      [[one.number, other.number]],
    );
    expect(rows).toEqual([{ income: 300_000 }, { income: 210_000 }]);
  });
});

describe('given rosters that come to nothing', () => {
  const stored = (sha256: string) =>
    files.read(sha256).then(
      (stream) => Boolean(stream.destroy()),
      () => false,
    );

  it('when the last import of a file is discarded, then the file is gone; one that failed leaves none', async () => {
    const persons: TestPerson[] = [{ number: '21138210100004', person: 11, name: '丁四' }];
    const [one, other] = [await bring(office, persons, 'false'), await bring(office, persons, 'false')];
    const sha256 = one.report?.file.sha256 ?? '';
    const discard = (importId: string) => call(office, discardImport, { params: { importId }, body: {} });
    await discard(one.id);
    expect(await stored(sha256)).toBe(true);
    await discard(other.id);
    expect(await stored(sha256)).toBe(false);
    const gone = await office.fetch?.(`${office.baseUrl}/api/identification/imports/${other.id}/problems.xlsx`);
    expect(await gone?.json()).toMatchObject({ code: 'IMPORT_FILE_GONE' });

    const { id } = await call(office, uploadRoster, {
      query: { name: 'x.csv' },
      body: new Blob(['商品,数量\n化肥,3\n']),
    });
    expect((await settled(office, id)).state).toBe('failed');
    const { rows } = await database.query('SELECT file_sha256 AS sha256 FROM roster_import WHERE id = $1', [id]);
    expect(await stored(rows[0]?.sha256)).toBe(false);
    expect((await call(office, getImport, { params: { importId: id } })).report).toBeNull();
  });
});

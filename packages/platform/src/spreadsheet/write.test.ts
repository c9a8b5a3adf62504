import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import exceljs from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { openWorkbook } from './open.ts';
import { type MarkedProblem, writeProblemsWorkbook } from './problems-workbook.ts';
import { csvWriter, type ExportColumn, ReaderGone, safeField, xlsxWriter } from './write.ts';
import { openZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(folder, { recursive: true }));
const COLUMNS: ExportColumn[] = [
  { header: '证件号码', kind: 'text', width: 22 },
  { header: '人数', kind: 'number' },
  { header: '金额', kind: 'money' },
  { header: '日期', kind: 'date' },
];
const ID = '211382195701204530';

async function cellsOf(path: string) {
  const book = await openWorkbook(path);
  const rows = [];
  for (const sheet of book.sheets) for await (const batch of sheet.rows()) rows.push(...batch);
  await book.close();
  return rows;
}

/** Reads a workbook with the writing library's own reader: an opinion that is not ours. */
async function second(path: string): Promise<exceljs.Row[]> {
  const rows: exceljs.Row[] = [];
  const reader = new exceljs.stream.xlsx.WorkbookReader(createReadStream(path), {
    styles: 'cache',
    sharedStrings: 'cache',
    worksheets: 'emit',
  });
  for await (const sheet of reader) for await (const row of sheet) rows.push(row);
  return rows;
}

async function sheetXml(path: string): Promise<string> {
  const zip = await openZip(path, DEFAULT_LIMITS);
  const xml = await zip.readWhole('xl/worksheets/sheet1.xml', 2 ** 24);
  zip.close();
  return xml.toString('utf8');
}

describe('the .xlsx export', () => {
  it('given texts that look like formulas then they are texts, numbers are typed and ID numbers keep all digits', async () => {
    const path = join(folder, 'a.xlsx');
    const writer = await xlsxWriter(createWriteStream(path), { sheetName: '名/册', columns: COLUMNS });
    await writer.write([ID, 3, 374652, '2019-03-01']);
    await writer.write(['=1+1', null, null, null]);
    await writer.write(['@cmd', -2, -5, 'x']);
    await writer.end();
    const rows = await cellsOf(path);
    expect(rows.map((row) => row.cells.map((cell) => cell && `${cell.kind} ${cell.text}`))).toEqual([
      ['text 证件号码', 'text 人数', 'text 金额', 'text 日期'],
      [`text ${ID}`, 'number 3', 'number 3746.52', 'date 2019-03-01'],
      ['text =1+1'],
      ['text @cmd', 'number -2', 'number -0.05', 'text x'],
    ]);
    const [header, , formula] = await second(path);
    expect(header?.getCell(1).font.bold).toBe(true);
    expect(formula?.getCell(1).type).toBe(exceljs.ValueType.String);
    const xml = await sheetXml(path);
    expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(xml).not.toContain('<f>');
  });

  it('given the reader goes away then writing ends with an error instead of waiting', async () => {
    const out = new PassThrough({ highWaterMark: 1024 });
    const writer = await xlsxWriter(out, { sheetName: 'a', columns: COLUMNS });
    setTimeout(() => out.destroy(), 100);
    const write = async () => {
      for (let i = 0; i < 1_000_000; i++) await writer.write([`${i}`.repeat(20), i, i, null]);
    };
    await expect(write()).rejects.toThrow(ReaderGone);
  });
});

describe('the end of a file', () => {
  it.each([
    ['.xlsx', (out: Writable) => xlsxWriter(out, { sheetName: 'a', columns: COLUMNS })],
    ['.csv', (out: Writable) => csvWriter(out, { columns: COLUMNS })],
  ])('given the reader of an %s goes away after the last row then the end is an error, too', async (_, writerOn) => {
    const out = new Writable({ write: () => undefined }); // takes a first piece and never the next
    const writer = await writerOn(out);
    await writer.write([ID, 3, 374652, '2019-03-01']);
    const end = writer.end();
    out.destroy();
    await expect(end).rejects.toThrow(ReaderGone);
  });
});

describe('the .csv export', () => {
  it('given commas, quotes and formulas then the file is safe and reads back', async () => {
    const path = join(folder, 'a.csv');
    const writer = await csvWriter(createWriteStream(path), { columns: COLUMNS });
    await writer.write([`"甲",乙\n丙`, 3, 374652, '2019-03-01']);
    await writer.write(['=HYPERLINK("x")', -2, -5, null]);
    await writer.end();
    const bytes = readFileSync(path);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect((await cellsOf(path)).map((row) => row.cells.map((cell) => cell?.text))).toEqual([
      ['证件号码', '人数', '金额', '日期'],
      ['"甲",乙\n丙', '3', '3746.52', '2019-03-01'],
      [`'=HYPERLINK("x")`, '-2', '-0.05', undefined],
    ]);
  });
  it.each([
    ['-12.5', '-12.5'],
    ['+86', '+86'],
    ['-cmd', "'-cmd"],
    ['@a', "'@a"],
    ['\t=1', "'\t=1"],
    ['张三', '张三'],
  ])('given %j then %j', (text, safe) => expect(safeField(text)).toBe(safe));
});

describe('the workbook with its problems', () => {
  it('given problems then the rows are the same with a first column 问题 and the wrong cells coloured', async () => {
    const source = new URL('../../../testkit/fixtures/rosters/messy.xlsx', import.meta.url).pathname;
    const path = join(folder, 'problems.xlsx');
    const problem = (
      row: number,
      column: string,
      severity: MarkedProblem['severity'],
      message: string,
    ): MarkedProblem => ({
      sheet: '贫困人口信息',
      row,
      column,
      severity,
      message,
    });
    await writeProblemsWorkbook(
      createWriteStream(path),
      source,
      [
        problem(3, '备注栏二', 'warning', '无法识别'),
        problem(4, '姓名', 'error', '为空'),
        problem(4, '人数', 'warning', '不一致'),
      ],
      { 贫困人口信息: 3 },
    );
    const before = await cellsOf(source);
    const after = await cellsOf(path);
    expect(after.length).toBeGreaterThanOrEqual(before.length);
    const original = new Map(before.map((row) => [row.number, row.cells]));
    for (const row of after) {
      expect(row.cells.slice(1).map((cell) => cell?.text)).toEqual(original.get(row.number)?.map((cell) => cell?.text));
    }
    const rows = new Map((await second(path)).map((row) => [row.number, row]));
    const fill = (row: number, column: number) => JSON.stringify(rows.get(row)?.getCell(column).fill ?? null);
    expect(rows.get(3)?.getCell(1).value).toBe('问题\n无法识别');
    expect(rows.get(4)?.getCell(1).value).toBe('为空\n不一致');
    expect(fill(4, 1)).toContain('FFFFC7CE');
    expect(fill(4, 2)).toContain('FFFFC7CE');
    expect(fill(4, 3)).toContain('FFFFEB9C');
    expect(fill(4, 5)).not.toContain('FFFF');
    expect(fill(3, 21)).toContain('FFFFEB9C');
  });
});

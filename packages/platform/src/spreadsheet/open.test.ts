import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { makeZip } from '@bangfu/testkit/zip';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { WorkbookLimits } from './limits.ts';
import type { Cell } from './model.ts';
import { isDateFormat } from './number-text.ts';
import { openWorkbook } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function put(content: string | Buffer): string {
  const path = join(folder, `${++files}`);
  writeFileSync(path, content);
  return path;
}

function xlsx(rows: string, more?: Readonly<Record<string, string>>, properties?: string): string {
  return put(makeZip(xlsxParts(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, more, properties)));
}

async function read(path: string, limits: Partial<WorkbookLimits> = {}) {
  const book = await openWorkbook(path, limits);
  try {
    const rows: Record<number, (string | undefined)[]> = {};
    const cells: (Cell | undefined)[][] = [];
    for (const sheet of book.sheets) {
      for await (const batch of sheet.rows()) {
        for (const row of batch) {
          rows[row.number] = row.cells.map((cell) => cell?.text);
          cells.push(row.cells);
        }
      }
    }
    return { kind: book.kind, names: book.sheets.map(({ name }) => name), rows, cells };
  } finally {
    await book.close();
  }
}

describe('.xlsx', () => {
  it('given texts in every way they are written then each is read', async () => {
    const { kind, names, rows } = await read(
      xlsx(
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲&#20057;&amp;&lt;b</t></is></c><c r="B2" t="s"><v>1</v></c>' +
          '<c r="C2" t="str"><f>A1</f><v>公式值</v></c><c r="E2" t="inlineStr"><is><r><t>一</t></r><r><t xml:space="preserve"> 二</t></r></is></c>' +
          '<c r="AA2" t="inlineStr"><is><t><![CDATA[a & </row> b]]></t></is></c></row>' +
          '<!-- <row r="3"><c r="A3"><v>9</v></c></row> --><row r="5"><c><v>1</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
        {
          'xl/sharedStrings.xml':
            '<sst><si><t>零</t></si><si><r><t>共</t></r><rPh><t>gong</t></rPh><r><t>享_x000A_行</t></r></si></sst>',
        },
      ),
    );
    expect([kind, names]).toEqual(['xlsx', ['甲&乙']]);
    expect(rows[2]?.slice(0, 5)).toEqual(['甲乙&<b', '共享\n行', '公式值', undefined, '一 二']);
    expect(rows[2]?.[26]).toBe('a & </row> b');
    expect(rows[5]).toEqual(['1', 'TRUE', '#N/A']);
    expect(Object.keys(rows)).toEqual(['2', '5']);
  });

  it('given prefixed names and a declaration then they are understood', async () => {
    const sheet =
      '<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>字</x:t></x:is></x:c></x:row>' +
      "<x:row r='2'><x:c r='B2'><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref='A1:A2'/></x:mergeCells></x:worksheet>";
    expect((await read(put(makeZip(xlsxParts(sheet))))).rows).toEqual({ 1: ['字'], 2: ['字', '2'] });
  });

  it.each([
    ['yyyy-mm-dd', true],
    ['[$-804]yyyy"年"m"月"', true],
    ['mmm-yy', true],
    ['m"月"', true],
    ['yyyy/m/d h:mm', true],
    ['h:mm', false],
    ['[h]:mm:ss', false],
    ['上午/下午h"时"mm"分"', false],
    ['0"个月"', false],
    ['0\\月', false],
    ['#,##0.00_);[Red]\\(#,##0.00\\)', false],
    ['G/通用格式', false],
  ])('given the format %s, whether it is a date’s: %s', (format, isDate) => expect(isDateFormat(format)).toBe(isDate));

  it('given numbers then the shortest decimal text, and dates by their style', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="#,##0.00&quot;元&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>';
    const rows =
      '<row r="1"><c r="A1"><v>3.10</v></c><c r="B1"><v>2.11382196001E+17</v></c><c r="C1"><v>0.30000000000000004</v></c>' +
      '<c r="D1" s="1"><v>43525</v></c><c r="E1" s="2"><v>60.5</v></c><c r="F1" s="3"><v>43525</v></c><c r="G1" t="d"><v>2019-03-01T00:00:00</v></c></row>';
    const { rows: read1900, cells } = await read(xlsx(rows, { 'xl/styles.xml': styles }));
    expect(read1900[1]).toEqual([
      '3.1',
      '211382196001000000',
      '0.30000000000000004',
      '2019-03-01',
      '1900-02-28',
      '43525',
      '2019-03-01',
    ]);
    expect(cells[0]?.map((cell) => cell?.kind)).toEqual([
      'number',
      'number',
      'number',
      'date',
      'date',
      'number',
      'date',
    ]);
    const read1904 = await read(xlsx(rows, { 'xl/styles.xml': styles }, '<workbookPr date1904="1"/>'));
    expect(read1904.rows[1]?.[3]).toBe('2023-03-02');
  });

  it('given merges then their value stands in all their rows and says so', async () => {
    const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const sheet = `<worksheet><sheetData><row r="1">${text('A1', '题')}</row><row r="2">${text('B2', '村')}${text('C2', '甲')}</row><row r="3">${text('C3', '乙')}</row><row r="4"><c r="C4"/></row><row r="5">${text('C5', '丙')}</row></sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells></worksheet>`;
    const { rows, cells } = await read(put(makeZip(xlsxParts(sheet))));
    expect(rows).toEqual({
      1: ['题'],
      2: [undefined, '村', '甲'],
      3: [undefined, '村', '乙'],
      4: [undefined, '村'],
      5: [undefined, undefined, '丙'],
    });
    expect(cells[2]?.map((cell) => cell?.merged ?? false)).toEqual([false, true, false]);
  });
});

describe('.csv', () => {
  it('given a cell without an end then it is refused at once, not when the whole file lies in memory', async () => {
    const concat = vi.spyOn(Buffer, 'concat');
    await expect(read(put('x'.repeat(2 ** 24)))).rejects.toMatchObject({ code: 'WORKBOOK_TOO_LARGE' });
    for (const { value } of concat.mock.results) expect(value.length).toBeLessThan(2 ** 20);
    concat.mockRestore();
  });
  it('given quotes, doubled quotes, line breaks in fields and mixed line ends then the rows are right', async () => {
    const { kind, rows } = await read(put('\ufeff甲,"乙,""丙""\r\n丁",\r\n\n"",="0123"\rz'));
    expect(kind).toBe('csv');
    expect(rows).toEqual({ 1: ['甲', '乙,"丙"\r\n丁', undefined], 3: [undefined, '0123'], 4: ['z'] });
  });
  it.each([
    ['a;b;c\n1,5;2;3\n', ['a', 'b', 'c']],
    ['a\tb\n1\t2\n', ['a', 'b']],
    ['a,b\n\t1,\t2\n', ['a', 'b']],
  ])('given %j then the delimiter is found', async (text, first) =>
    expect((await read(put(text))).rows[1]).toEqual(first),
  );

  it('given UTF-16 whose mark alone tells it, then it is read in the order of the mark', async () => {
    const text = '\ufeff甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥\n';
    const bytes = Buffer.from(text, 'utf16le');
    for (const written of [bytes, Buffer.from(bytes).swap16()]) {
      expect((await read(put(written))).rows[1]).toEqual([text.slice(1, -1)]);
    }
  });

  it('given UTF-8 with a damaged byte then it stays UTF-8', async () => {
    const bytes = Buffer.from('姓名,民族\n张三,汉族\n李四,蒙古族\n');
    bytes[15] = 0xff;
    expect((await read(put(bytes))).rows[3]).toEqual(['李四', '蒙古族']);
  });
  it('given UTF-16 as spreadsheets save it then it is read', async () => {
    expect((await read(put(Buffer.from('\ufeff姓名\t民族\n', 'utf16le')))).rows[1]).toEqual(['姓名', '民族']);
  });
  it('given fields and rows across the borders of chunks then nothing is lost', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${i},"名""${i}",汉族`);
    const { rows } = await read(put(lines.join('\r\n')));
    expect(Object.keys(rows)).toHaveLength(30_000);
    expect(rows[30_000]).toEqual(['29999', '名"29999', '汉族']);
    expect(Object.entries(rows).every(([n, row]) => row[0] === String(Number(n) - 1) && row.length === 3)).toBe(true);
  });
});

describe('files that are refused', () => {
  const cell = (ref: string, text: string) =>
    `<row r="1"><c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c></row>`;
  const ods = { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' };
  it.each<[string, () => string, string, Partial<WorkbookLimits>?]>([
    ['nothing', () => put(''), 'WORKBOOK_EMPTY'],
    ['blanks', () => put('\ufeff \n\n'), 'WORKBOOK_EMPTY'],
    [
      'a workbook without sheets',
      () => put(makeZip({ ...xlsxParts(''), 'xl/workbook.xml': '<workbook/>' })),
      'WORKBOOK_EMPTY',
    ],
    ['a picture', () => put(Buffer.from('89504e470d0a1a0a0000000d', 'hex')), 'NOT_A_WORKBOOK'],
    ['another zip', () => put(makeZip({ 'word/document.xml': '<a/>' })), 'NOT_A_WORKBOOK'],
    ['half a zip', () => put(makeZip(xlsxParts('<a/>')).subarray(0, 200)), 'WORKBOOK_BROKEN'],
    [
      'a compound file of something else',
      () => put(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)])),
      'WORKBOOK_BROKEN',
    ],
    [
      'an encrypted .xlsx',
      () => put(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')])),
      'WORKBOOK_ENCRYPTED',
    ],
    [
      'an encrypted zip',
      () => put(makeZip(xlsxParts('<a/>'), { 'xl/workbook.xml': { flags: 1 } })),
      'WORKBOOK_ENCRYPTED',
    ],
    [
      'an encrypted .ods',
      () => put(makeZip({ ...ods, 'META-INF/manifest.xml': '<m:encryption-data/>' })),
      'WORKBOOK_ENCRYPTED',
    ],
    ['a part that grows a thousandfold', () => xlsx(`${' '.repeat(4_000_000)}`), 'ZIP_BOMB'],
    ['a directory that promises too much', () => put(makeZip(xlsxParts('<a/>'))), 'ZIP_BOMB', { inflatedBytes: 100 }],
    [
      'a part longer than promised',
      () =>
        put(makeZip(xlsxParts(`<a>${'x'.repeat(999)}</a>`), { 'xl/worksheets/sheet1.xml': { uncompressedSize: 500 } })),
      'WORKBOOK_BROKEN',
    ],
    ['too large a file', () => put('a,b\n'), 'WORKBOOK_TOO_LARGE', { fileBytes: 3 }],
    ['too many rows in .csv', () => put('a\nb\nc\n'), 'WORKBOOK_TOO_LARGE', { rows: 2 }],
    ['too many rows in .xlsx', () => xlsx('<row r="1200000"><c><v>1</v></c></row>'), 'WORKBOOK_TOO_LARGE'],
    ['too many columns', () => xlsx(cell('XFD1', '字')), 'WORKBOOK_TOO_LARGE'],
    ['too long a cell', () => xlsx(cell('A1', 'x'.repeat(32_768))), 'WORKBOOK_TOO_LARGE'],
    ['a quote that is never closed', () => put(`a,"b\n${'1,2\n'.repeat(100_000)}`), 'TEXT_QUOTE_OPEN'],
    ['rows that run backwards', () => xlsx('<row r="5"/><row r="4"/>'), 'WORKBOOK_BROKEN'],
    [
      'a sheet cut off in a tag',
      () => put(makeZip(xlsxParts('<worksheet><sheetData><row r="1"><c r='))),
      'WORKBOOK_BROKEN',
    ],
    [
      'a sheet that is not there',
      () => put(makeZip({ ...xlsxParts(''), 'xl/worksheets/sheet1.xml': '' }).fill(0, 600, 640)),
      'WORKBOOK_BROKEN',
    ],
  ])('given %s then it is refused by its code', async (_, make, code, limits) => {
    await expect(read(make(), limits)).rejects.toMatchObject({ name: 'DomainError', code });
  });

  it('given entities that a DTD would multiply then none is expanded', async () => {
    const sheet = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}">]><worksheet><sheetData>${cell('A1', '&b;')}</sheetData></worksheet>`;
    expect((await read(put(makeZip(xlsxParts(sheet))))).rows[1]).toEqual(['&b;']);
  });

  it('given .xls and .ods beyond their own limits then they are refused before they are read', async () => {
    const fixture = (name: string) => new URL(`../../../testkit/fixtures/rosters/${name}`, import.meta.url).pathname;
    await expect(openWorkbook(fixture('legacy.xls'), { wholeFileBytes: 1000 })).rejects.toMatchObject({
      code: 'WORKBOOK_TOO_LARGE',
    });
    await expect(openWorkbook(fixture('sheet.ods'), { wholeInflatedBytes: 1000 })).rejects.toMatchObject({
      code: 'WORKBOOK_TOO_LARGE',
    });
    await expect(openWorkbook(fixture('sheet.ods'), { stalledMs: 1 })).rejects.toMatchObject({
      code: 'WORKBOOK_TOO_LARGE',
    });
    expect(readFileSync(fixture('legacy.xls')).length).toBeGreaterThan(1000);
  });
});

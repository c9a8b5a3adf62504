import { xlsxParts } from './workbook.ts';
import { makeZip } from './zip.ts';

/** A right list of a reader, as its office would write it. */
export interface GoodList {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The header of a column of numbers that are names: household, account, telephone. */
  readonly numbers: string;
}

/** What is right for a writing of a list, whichever service reads it. */
export type RightAnswer =
  /** The file cannot be read; a code that depends on the service is left out. */
  | { readonly refused: string | null }
  /** Nothing is taken; the cell is named. */
  | { readonly problem: string; readonly row: number; readonly column: string }
  /** Taken as the good list is; what was not read is said. */
  | { readonly taken: true; readonly warnings: readonly string[] };

export interface ListWriting {
  readonly name: string;
  readonly body: Buffer;
  readonly right: RightAnswer;
}

/** A cell's text, or its XML from its attributes on. */
type XmlCell = string | { readonly xml: string };

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const ref = (column: number, row: number) => {
  const letter = (n: number) => String.fromCharCode(65 + n);
  return `${column < 26 ? '' : letter(Math.floor(column / 26) - 1)}${letter(column % 26)}${row}`;
};
const cellXml = (cell: XmlCell, column: number, row: number) =>
  typeof cell === 'string'
    ? `<c r="${ref(column, row)}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`
    : `<c r="${ref(column, row)}"${cell.xml}</c>`;
const sheetXml = (rows: readonly (readonly XmlCell[])[]) =>
  `<worksheet><sheetData>${rows
    .map((cells, r) => `<row r="${r + 1}">${cells.map((cell, c) => cellXml(cell, c, r + 1)).join('')}</row>`)
    .join('')}</sheetData></worksheet>`;

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
interface XmlSheet {
  readonly name: string;
  readonly rows: readonly (readonly XmlCell[])[];
  readonly hidden?: true;
}
/** A workbook whose parts have names of their own. */
function workbook(sheets: readonly XmlSheet[]): Buffer {
  const listed = sheets.map(
    ({ name, hidden }, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="s${i}"/>`,
  );
  const targets = sheets.map((_, i) => `<Relationship Id="s${i}" Type="${TYPE}/worksheet" Target="/s/${i}.xml"/>`);
  return makeZip({
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${TYPE}/officeDocument" Target="b/w.xml"/></Relationships>`,
    'b/w.xml': `<workbook xmlns:r="x"><sheets>${listed.join('')}</sheets></workbook>`,
    'b/_rels/w.xml.rels': `<Relationships>${targets.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map(({ rows }, i) => [`s/${i}.xml`, sheetXml(rows)])),
  });
}

/** An .ods of one table: cells repeated where they stand together, a note on the first, one formula without a value. */
export function odsOf(
  rows: readonly (readonly string[])[],
  formula?: { readonly row: number; readonly column: number },
): Buffer {
  const cell = (text: string, r: number, c: number) => {
    if (formula?.row === r + 1 && formula.column === c) return '<table:table-cell table:formula="of:=[.A1]*2"/>';
    if (text === '') return '<table:table-cell table:number-columns-repeated="1"/>';
    const note = r === 0 && c === 0 ? '<office:annotation><text:p>批注</text:p></office:annotation>' : '';
    return `<table:table-cell office:value-type="string">${note}<text:p>${escape(text)}</text:p></table:table-cell>`;
  };
  const body = rows.map(
    (cells, r) => `<table:table-row>${cells.map((text, c) => cell(text, r, c)).join('')}</table:table-row>`,
  );
  const spaces = ['office', 'table', 'text', 'style'].map((name) => `xmlns:${name}="urn:${name}"`).join(' ');
  return makeZip({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content ${spaces}><office:body><office:spreadsheet><table:table table:name="名单">${body.join('')}</table:table></office:spreadsheet></office:body></office:document-content>`,
    'styles.xml': `<office:document-styles ${spaces}/>`,
    'META-INF/manifest.xml': '<manifest/>',
  });
}

/** Writes a text of common signs in GB18030, which nothing of this platform writes: by what its reader would read. */
export function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, Buffer>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const pair = Buffer.from([high, low]);
      const sign = low === 0x7f ? '' : decoder.decode(pair);
      if ([...sign].length === 1 && !bytes.has(sign)) bytes.set(sign, pair);
    }
  }
  return Buffer.concat([...text].map((sign) => bytes.get(sign) ?? Buffer.from(sign)));
}

const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const wide = (text: string) =>
  text.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) + 0xfee0));

/** A list in the writings of offices, banks and programs that readers got wrong, with what is right for each. */
export function listWritings({ header, rows, numbers }: GoodList): ListWriting[] {
  const width = header.length;
  const at = header.indexOf(numbers);
  const blank = Array.from({ length: width }, () => '');
  const grid = [header, ...rows];
  const csv = (lines: readonly (readonly string[])[], delimiter = ',', end = '\n') =>
    lines.map((cells) => cells.join(delimiter)).join(end) + end;
  const each = (change: (cell: string, column: number) => string) => [header, ...rows.map((row) => row.map(change))];
  const first = (change: (cell: string) => XmlCell) =>
    grid.map((row, r) => row.map((cell, c): XmlCell => (r === 1 && c === at ? change(cell) : cell)));
  const text = (name: string, body: string | Buffer, warnings: readonly string[] = []): ListWriting => ({
    name,
    body: Buffer.from(body),
    right: { taken: true, warnings },
  });
  const refused = (name: string, body: string | Buffer, code: string | null): ListWriting => ({
    name,
    body: Buffer.from(body),
    right: { refused: code },
  });
  const problem = (name: string, code: string, change: (cell: string) => XmlCell): ListWriting => ({
    name,
    body: makeZip(xlsxParts(sheetXml(first(change)))),
    right: { problem: code, row: 2, column: numbers },
  });
  const quoted = rows.map((row, r) => (r === 0 ? [`"${row[0] ?? ''}`, ...row.slice(1)] : row));

  return [
    text('GB18030', gb18030(csv(grid))),
    text('UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(csv(grid, '\t'), 'le')])),
    text('UTF-16 without a mark', utf16(csv(grid), 'le')),
    text('UTF-16 of the other order', utf16(`\ufeff${csv(grid)}`, 'be')),
    text('line ends of an old Mac', csv(grid, ',', '\r')),
    text('semicolons', csv(grid, ';')),
    text(
      'delimiters to the end of the sheet',
      csv(grid.map((row) => [...row, ...Array.from({ length: 600 }, () => '')])),
    ),
    text('a mark in the middle', `\ufeff${csv([header])}\ufeff${csv(rows)}`),
    text(
      'signs nobody sees',
      csv(each((cell) => (cell === '' ? '' : `\u200b${cell.slice(0, 1)}\u202d${cell.slice(1)}\u2060`))),
    ),
    text('full width', csv(each((cell, column) => (column === at ? wide(cell) : cell)))),
    text(
      'an apostrophe before the digits',
      csv(each((cell, column) => (column === at && cell !== '' ? `'${cell}` : cell))),
    ),
    text('a guard of Excel', csv(each((cell, column) => (column === at && cell !== '' ? `="${cell}"` : cell)))),
    text(
      'blanks in the digits',
      csv(each((cell, column) => (column === at ? `${cell.slice(0, 4)} ${cell.slice(4)}\t` : cell))),
    ),
    text(
      'a title, a header on each page and totals',
      csv([
        ['名单', ...blank.slice(1)],
        blank,
        header,
        ...rows,
        header,
        ['小计：', ...blank.slice(1)],
        ['合　计', ...blank.slice(1)],
        blank,
      ]),
    ),
    text('a header with notes of the form', csv([header.map((each) => `*${each}（必填）`), ...rows])),
    text('another order of columns', csv(grid.map((row) => row.toReversed()))),
    text('an .ods', odsOf(grid)),
    text('parts under other names', workbook([{ name: '名单', rows: grid }])),
    text(
      'cells formatted to the last column',
      makeZip(xlsxParts(sheetXml(grid).replaceAll('</row>', '<c r="XFD1" s="1"/></row>'))),
    ),
    text(
      'phonetic hints and runs',
      makeZip(
        xlsxParts(
          sheetXml(
            first((cell) => ({
              xml: ` t="inlineStr"><is><r><t>${cell.slice(0, 2)}</t></r><r><t>${cell.slice(2)}</t></r><rPh sb="0" eb="1"><t>9</t></rPh></is>`,
            })),
          ),
        ),
      ),
    ),
    text(
      'a hidden copy',
      workbook([
        { name: '名单', rows: grid },
        { name: '备份', rows: grid, hidden: true },
      ]),
      ['SHEET_HIDDEN'],
    ),
    text(
      'a sheet of something else',
      workbook([
        { name: '名单', rows: grid },
        { name: '说明', rows: [['填表说明', '请勿改动']] },
      ]),
      ['SHEET_UNREAD'],
    ),
    text(
      'a sheet with a header only',
      workbook([
        { name: '名单', rows: grid },
        { name: '三村', rows: [header] },
      ]),
      ['SHEET_NO_ROWS'],
    ),
    text('a column nobody knows', csv(grid.map((row, r) => [...row, r === 0 ? '血型' : 'A'])), ['COLUMN_UNKNOWN']),
    text('values under an empty header', csv(grid.map((row, r) => [...row, r === 0 ? '' : '手写'])), [
      'COLUMN_UNKNOWN',
    ]),
    text('the column a second time', csv(grid.map((row, r) => [...row, r === 0 ? numbers : '1'])), ['COLUMN_UNKNOWN']),

    problem('an error', 'CELL_ERROR', () => ({ xml: ' t="e"><v>#N/A</v>' })),
    problem('an error saved as text', 'CELL_ERROR', () => ' #N/A'),
    problem('a formula without a value', 'CELL_ERROR', () => ({ xml: '><f>A1*2</f>' })),
    {
      name: 'a formula without a value in an .ods',
      body: odsOf(grid, { row: 2, column: at }),
      right: { problem: 'CELL_ERROR', row: 2, column: numbers },
    },
    problem('a number that lost its digits', 'ID_SCIENTIFIC', () => ({ xml: '><v>6217001234567890104</v>' })),
    problem('scientific writing', 'ID_SCIENTIFIC', () => '6.217E+18'),
    problem('the decimals of a program', 'ID_SCIENTIFIC', (cell) => `${cell}.0`),
    problem('the commas of an amount', 'ID_SCIENTIFIC', () => '6,217,001,234,567,890,000'),
    problem('a date made of it', 'ID_SCIENTIFIC', () => ({ xml: ' t="d"><v>2019-03-05</v>' })),
    problem('a truth value', 'ID_SCIENTIFIC', () => ({ xml: ' t="b"><v>1</v>' })),
    problem('stars', 'MASKED_VALUE', (cell) => `${cell.slice(0, 3)}****${cell.slice(-2)}`),
    problem('stars of another font', 'MASKED_VALUE', (cell) => `${cell.slice(0, 3)}＊＊＊${cell.slice(-2)}`),
    problem('a ditto mark', 'VALUE_PLACEHOLDER', () => '〃'),
    problem('the words for it', 'VALUE_PLACEHOLDER', () => '同上'),

    refused('a quote that is never closed', csv([header, ...quoted]), 'TEXT_QUOTE_OPEN'),
    refused('nothing', '', 'WORKBOOK_EMPTY'),
    refused('a header with nothing under it', csv([header]), null),
    refused('hidden sheets only', workbook([{ name: '名单', rows: grid, hidden: true }]), 'SHEETS_HIDDEN'),
    refused('a web page', `<table><tr><td>${header.join('</td><td>')}</td></tr></table>`, 'WORKBOOK_MARKUP'),
    refused(
      'a web page after a remark',
      gb18030(`<!-- 导出 --><table><tr><td>${header[0]}</td></tr></table>`),
      'WORKBOOK_MARKUP',
    ),
    refused(
      'XML of 2003 without its first line',
      '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'WORKBOOK_MARKUP',
    ),
    refused('a paper', '%PDF-1.4\n1 0 obj\n', 'NOT_A_WORKBOOK'),
    refused('text of a word processor', '{\\rtf1\\ansi 名单}', 'NOT_A_WORKBOOK'),
    refused(
      'a value far outside',
      makeZip(xlsxParts(sheetXml(grid).replaceAll('</row>', '<c r="XFD1"><v>1</v></c></row>'))),
      'WORKBOOK_TOO_LARGE',
    ),
  ];
}

import { utils, write } from '@e965/xlsx';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { makeZip } from '@bangfu/testkit/zip';

/** A file that somebody made to be expensive: small itself, and large in one way. */
export interface HostileFile {
  readonly what: string;
  /** The ending a person would give it. */
  readonly ending: string;
  readonly make: () => Buffer;
}

const MB = 2 ** 20;
/** Beyond the tenth of the limits that the tests give. */
const BIG = 60 * MB;
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const sheetOf = (rows: string, after = '') => `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
const header = `<row r="1">${cell('A1', '户编号')}${cell('B1', '姓名')}</row>`;
/** Text that packs well but is no repetition, so that no ratio gives it away. */
function words(bytes: number): string {
  let state = 1;
  let text = '';
  while (text.length < bytes) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${state % 100_000} `;
  }
  return text;
}

/** A workbook with `names` sheets over `parts` parts. */
function sheets(names: number, parts: number, each: string): Record<string, string> {
  const list = Array.from({ length: names }, (_, at) => `<sheet name="s${at}" sheetId="${at}" r:id="r${at % parts}"/>`);
  const relations = Array.from(
    { length: parts },
    (_, at) => `<Relationship Id="r${at}" Type="${RELS}/worksheet" Target="s${at}.xml"/>`,
  );
  return {
    'xl/workbook.xml': `<workbook xmlns:r="${RELS}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(Array.from({ length: parts }, (_, at) => [`xl/s${at}.xml`, each])),
  };
}

function ods(tables: string, more: Record<string, string | Buffer> = {}): Record<string, string | Buffer> {
  return {
    mimetype: ODS_TYPE,
    'META-INF/manifest.xml': '<m:manifest xmlns:m="m"/>',
    'content.xml': `<office:document-content><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    ...more,
  };
}
const table = (rows: string, name = 't') => `<table:table table:name="${name}">${rows}</table:table>`;
const odsCell = (text: string, more = '') =>
  `<table:table-cell office:value-type="string" ${more}><text:p>${text}</text:p></table:table-cell>`;

const zeros = (bytes: number) => Buffer.alloc(bytes);
const bookOf = (bookType: 'xlsb' | 'biff8', rows: unknown[][], names: number) => {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet(rows);
  for (let at = 0; at < names; at++) utils.book_append_sheet(book, sheet, `s${at}`);
  return write(book, { bookType, type: 'buffer', compression: true }) as Buffer;
};

/** How large, how declared, how often, how nested: one file for each way of each kind. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  // Declared × real size.
  ...[1_000, 0].map((declared) => ({
    what: `.ods, a part of 60 MB before which ${declared} bytes are declared`,
    ending: 'ods',
    make: () =>
      makeZip(ods(table(''), { 'styles.xml': zeros(BIG) }), {
        'styles.xml': { localSize: BIG, uncompressedSize: declared },
      }),
  })),
  {
    what: '.ods, a content of 20 MB declared as small before its data',
    ending: 'ods',
    make: () => makeZip(ods(table(`<x>${'a '.repeat(10 * MB)}</x>`)), { 'content.xml': { localSize: 1_000 } }),
  },
  {
    what: '.ods, a picture of 60 MB that nobody reads',
    ending: 'ods',
    make: () =>
      makeZip(ods(table(`<table:table-row>${odsCell('x')}</table:table-row>`), { 'Pictures/a.png': zeros(BIG) })),
  },
  {
    what: '.xlsx, a sheet of 60 MB declared as 1 000 bytes',
    ending: 'xlsx',
    make: () =>
      makeZip(xlsxParts(sheetOf(' '.repeat(BIG))), { 'xl/worksheets/sheet1.xml': { uncompressedSize: 1_000 } }),
  },
  {
    what: '.xlsx, a sheet of 60 MB of blanks',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(sheetOf(' '.repeat(BIG)))),
  },
  {
    what: '.xlsx, styles of 60 MB',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(sheetOf(header), { 'xl/styles.xml': `<a>${' '.repeat(BIG)}</a>` })),
  },
  {
    what: '.xlsx, a directory that promises 4 GB',
    ending: 'xlsx',
    make: () =>
      makeZip(xlsxParts(sheetOf(header)), { 'xl/worksheets/sheet1.xml': { uncompressedSize: 4_000_000_000 } }),
  },
  // Entries, shared and repeated.
  {
    what: '.zip, 20 000 entries',
    ending: 'xlsx',
    make: () =>
      makeZip({
        ...xlsxParts(sheetOf(header)),
        ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`x/${at}`, ''])),
      }),
  },
  {
    what: '.xlsx, 100 sheets over the same bytes',
    ending: 'xlsx',
    make: () =>
      makeZip(
        {
          ...sheets(100, 100, ''),
          'xl/s0.xml': sheetOf(words(3 * MB)),
          ...Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`xl/none${at}`, ''])),
        },
        { 'xl/s0.xml': { again: Array.from({ length: 99 }, (_, at) => `XL/S${at + 1}.xml`) } },
      ),
  },
  {
    what: '.xlsx, another size before its data than in the directory',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(sheetOf(header)), { 'xl/worksheets/sheet1.xml': { localSize: 1_000_000 } }),
  },
  {
    what: '.xlsx, two parts whose names differ in capitals only',
    ending: 'xlsx',
    make: () => makeZip({ ...xlsxParts(sheetOf(header)), 'XL/Worksheets/Sheet1.XML': sheetOf(header) }),
  },
  {
    what: '.xlsx, one name twice in the directory',
    ending: 'xlsx',
    make: () =>
      makeZip(xlsxParts(sheetOf(header)), { 'xl/worksheets/sheet1.xml': { again: ['xl/worksheets/sheet1.xml'] } }),
  },
  // Sheets × parts.
  {
    what: '.xlsx, 400 sheets of one part of 5 MB',
    ending: 'xlsx',
    make: () => makeZip(sheets(400, 1, sheetOf(words(5 * MB)))),
  },
  { what: '.xlsx, a million names of one part', ending: 'xlsx', make: () => makeZip(sheets(200_000, 1, sheetOf(''))) },
  { what: '.xlsx, 501 sheets', ending: 'xlsx', make: () => makeZip(sheets(501, 501, sheetOf(''))) },
  {
    what: '.ods, 501 tables',
    ending: 'ods',
    make: () => makeZip(ods(Array.from({ length: 501 }, (_, at) => table('', `t${at}`)).join(''))),
  },
  { what: '.xlsb, 501 sheets', ending: 'xlsb', make: () => bookOf('xlsb', [['x']], 501) },
  { what: '.xls, 501 sheets', ending: 'xls', make: () => bookOf('biff8', [['x']], 501) },
  // Strings.
  {
    what: '.xlsx, 30 MB of shared strings',
    ending: 'xlsx',
    make: () => {
      const block = `<si><t>${words(900)}</t></si>`.repeat(1_000);
      return makeZip(
        xlsxParts(sheetOf(`${header}<row r="2"><c r="A2" t="s"><v>1</v></c></row>`), {
          'xl/sharedStrings.xml': `<sst>${block.repeat(33)}</sst>`,
        }),
      );
    },
  },
  {
    what: '.xlsx, two million empty strings',
    ending: 'xlsx',
    make: () =>
      makeZip(
        xlsxParts(sheetOf(`${header}<row r="2"><c r="A2" t="s"><v>1</v></c></row>`), {
          'xl/sharedStrings.xml': `<sst>${'<si/><si><t/></si>'.repeat(1_000_000)}</sst>`,
        }),
      ),
  },
  {
    what: '.xlsx, one long string named by a million cells',
    ending: 'xlsx',
    make: () => {
      const row = (at: number) => `<row r="${at}">${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`;
      const rows = Array.from({ length: 20_000 }, (_, at) => row(at + 2)).join('');
      return makeZip(
        xlsxParts(sheetOf(header + rows), {
          'xl/sharedStrings.xml': `<sst><si><t>${'长'.repeat(32_000)}</t></si></sst>`,
        }),
      );
    },
  },
  {
    what: '.xlsx, a tag without end',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(`<worksheet><sheetData><row ${words(8 * MB)}`)),
  },
  // Nesting.
  {
    what: '.xlsx, elements a million deep',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(sheetOf('<is>'.repeat(1_000_000)))),
  },
  { what: '.ods, elements a million deep', ending: 'ods', make: () => makeZip(ods('<table:table>'.repeat(1_000_000))) },
  {
    what: '.zip in a .zip',
    ending: 'xlsx',
    make: () => makeZip({ 'a.zip': makeZip({ 'b.zip': makeZip({ c: zeros(30 * MB) }) }) }),
  },
  // Rows, cells, merges.
  {
    what: '.xlsx, rows with all their columns',
    ending: 'xlsx',
    make: () => makeZip(xlsxParts(sheetOf(`${header}${`<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`.repeat(20)}`))),
  },
  {
    what: '.xlsx, 300 000 merges',
    ending: 'xlsx',
    make: () =>
      makeZip(
        xlsxParts(
          sheetOf(
            header,
            `<mergeCells>${Array.from({ length: 300_000 }, (_, at) => `<mergeCell ref="A${(at % 900_000) + 1}:B${(at % 900_000) + 2}"/>`).join('')}</mergeCells>`,
          ),
        ),
      ),
  },
  {
    what: '.ods, a cell repeated a thousand million times',
    ending: 'ods',
    make: () =>
      makeZip(
        ods(
          table(
            `<table:table-row table:number-rows-repeated="1000000">${odsCell('x', 'table:number-columns-repeated="1000"')}</table:table-row>`,
          ),
        ),
      ),
  },
  {
    what: '.ods, an unknown formula repeated a thousand million times',
    ending: 'ods',
    make: () =>
      makeZip(
        ods(
          table(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:formula="of:=1/0" table:number-columns-repeated="1000"/></table:table-row>',
          ),
        ),
      ),
  },
  // Texts without end.
  {
    what: '.csv, a quote that is never closed',
    ending: 'csv',
    make: () => Buffer.from(`户编号,姓名\n"${'a,b\n'.repeat(4 * MB)}`),
  },
  { what: '.csv, one line without end', ending: 'csv', make: () => Buffer.from('户编号,'.repeat(2 * MB)) },
  { what: '.csv, one cell without end', ending: 'csv', make: () => Buffer.from(`户编号,姓名\n${'a'.repeat(20 * MB)}`) },
  {
    what: '.csv, half a million rows',
    ending: 'csv',
    make: () => Buffer.from(`户编号,姓名\n${'1,a\n'.repeat(500_000)}`),
  },
  // Rubbish with the right beginning.
  { what: '.xls, a directory that runs in circles', ending: 'xls', make: circularOle },
];

/** A compound file whose allocation table names each sector as the one after itself. */
function circularOle(): Buffer {
  const file = bookOf('biff8', [['x']], 1);
  const copy = Buffer.from(file);
  const fat = 512 * (copy.readUInt32LE(76) + 1);
  for (let at = 0; at < 128; at++) copy.writeUInt32LE(at, fat + at * 4);
  return copy;
}

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listWritings } from '@bangfu/testkit/bad-lists';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { makeZip } from '@bangfu/testkit/zip';
import { afterAll, describe, expect, it } from 'vitest';
import { KIT_MESSAGES, render } from '../http/messages.ts';
import type { ListColumn } from './list-header.ts';
import { readList } from './read-list.ts';

const folder = mkdtempSync(join(tmpdir(), 'lists-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Key = 'number' | 'name' | 'amount' | 'account' | 'day';
const COLUMNS: readonly ListColumn<Key>[] = [
  { key: 'number', headers: ['户编号'], kind: 'number' },
  { key: 'name', headers: ['姓名', '户主姓名'], kind: 'name' },
  { key: 'amount', headers: ['金额(元)', '金额'], kind: 'yuan' },
  { key: 'account', headers: ['账号'], kind: 'number' },
  { key: 'day', headers: ['日期'], kind: 'day', optional: true },
];

let files = 0;
function put(content: string | Buffer): string {
  const path = join(folder, `${++files}`);
  writeFileSync(path, content);
  return path;
}
const csv = (...lines: string[]) => put(lines.join('\n'));
const read = (path: string) => readList(path, COLUMNS);
const HEADER = '户编号,姓名,金额(元),账号';
const ROW = '2113829990040004,阿依·古丽,3000,6217001234567890104';
const VALUES = {
  number: '2113829990040004',
  name: '阿依·古丽',
  amount: '3000',
  account: '6217001234567890104',
  day: '',
};

/** Signs that programs, telephones and banks leave in a value and that mean nothing. */
const INVISIBLE = [
  ...Array.from({ length: 5 }, (_, i) => 0x200b + i),
  ...Array.from({ length: 5 }, (_, i) => 0x202a + i),
  ...Array.from({ length: 10 }, (_, i) => 0x2060 + i),
  ...Array.from({ length: 16 }, (_, i) => 0xfe00 + i),
  0xfeff,
  0xe0100,
  0xad,
].map((code) => String.fromCodePoint(code));
const BLANKS = ['\u3000', '\u00a0', '\t', '  '];
const DOTS = ['·', '•', '‧', '・', '．', '･', '∙', '⋅'];
const wide = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe('the values of a list', () => {
  it('given any sign nobody sees, blank, dot or width in any cell, then the same is read', async () => {
    const cells = ROW.split(',');
    const writings = [
      ...INVISIBLE.flatMap((sign) =>
        cells.map((cell, i) => cells.with(i, `${sign}${cell.slice(0, 2)}${sign}${cell.slice(2)}`)),
      ),
      ...BLANKS.flatMap((blank) => cells.map((cell, i) => cells.with(i, `${blank}${cell}${blank}`))),
      ...DOTS.map((dot) => cells.with(1, `阿依${dot}古丽`)),
      ...[0, 2, 3].map((i) => cells.with(i, wide(cells[i] ?? ''))),
      ...[0, 3].map((i) => cells.with(i, `${cells[i]?.slice(0, 4)} ${cells[i]?.slice(4)}`)),
    ];
    const { rows, problems, warnings } = await read(csv(HEADER, ...writings.map((each) => each.join(','))));
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(rows).toHaveLength(writings.length);
    for (const { values, row } of rows) expect(values, JSON.stringify(writings[row - 2])).toEqual(VALUES);
  });

  it.each(['-', '/', '无', 'NULL', '同上'])(
    'given %s, then it is nobody’s name, and a number only where it repeats the row above',
    async (filler) => {
      const [number, name, amount, account] = ROW.split(',');
      const { rows, problems } = await read(
        csv(HEADER, [number, filler, amount, account].join(), [number, name, amount, filler].join()),
      );
      const codes = problems.map(({ row, column, code }) => [row, column, code]);
      const ditto = filler === '同上' ? [[3, '账号', 'VALUE_PLACEHOLDER']] : [];
      expect(codes).toEqual([[2, '姓名', 'VALUE_PLACEHOLDER'], ...ditto]);
      expect([rows[0]?.values.name, rows[1]?.values.account]).toEqual(['', '']);
    },
  );

  it.each(['_x0000_', '_xD800_', '&#xD800;', '&#0;'])('given %s in a cell, then no such sign is kept', async (sign) => {
    const name = `<c r="B2" t="inlineStr"><is><t>李${sign}四</t></is></c>`;
    const header = HEADER.split(',').map((each, i) => `<c r="${'ABCD'[i]}1" t="inlineStr"><is><t>${each}</t></is></c>`);
    const sheet = `<worksheet><sheetData><row r="1">${header.join('')}</row><row r="2">${name}</row></sheetData></worksheet>`;
    const { rows, warnings } = await read(put(makeZip(xlsxParts(sheet))));
    expect(rows[0]?.values.name).toBe('李\ufffd四');
    expect(warnings.map(({ code }) => code)).toEqual(['NAME_UNREADABLE']);
  });

  const cell = (column: string, xml: string) => `<c r="${column}2"${xml}</c>`;
  const text = (value: string) => ` t="inlineStr"><is><t>${value}</t></is>`;
  it.each([
    ['an error', ' t="e"><v>#N/A</v>', 'CELL_ERROR'],
    ['an error saved as text', text('#REF!'), 'CELL_ERROR'],
    ['a formula without a value', '><f>A1*2</f>', 'CELL_ERROR'],
    ['a formula with an empty value', '><f>A1*2</f><v></v>', 'CELL_ERROR'],
    ['a formula saved as text', text('=A1*2'), 'CELL_ERROR'],
    ['a masked value', text('6217****0104'), 'MASKED_VALUE'],
    ['a number of more than 15 digits', '><v>6217001234567890104</v>', 'ID_SCIENTIFIC'],
    ['a number in scientific writing', text('6.217E+18'), 'ID_SCIENTIFIC'],
  ])(
    'given %s in any column that it harms, then the row and column are named and nothing is read',
    async (_, xml, code) => {
      const columns = code === 'ID_SCIENTIFIC' ? ['A', 'D'] : ['A', 'B', 'C', 'D'];
      for (const column of columns) {
        const header = HEADER.split(',').map((each, i) => `<c r="${'ABCD'[i]}1"${text(each)}</c>`);
        const row = ROW.split(',').map((each, i) => cell('ABCD'[i] ?? '', 'ABCD'[i] === column ? xml : text(each)));
        const sheet = `<worksheet><sheetData><row r="1">${header.join('')}</row><row r="2">${row.join('')}</row></sheetData></worksheet>`;
        const { problems } = await read(put(makeZip(xlsxParts(sheet))));
        const name = HEADER.split(',')['ABCD'.indexOf(column)];
        expect(problems.map((each) => [each.sheet, each.row, each.column, each.code])).toEqual([
          ['甲&乙', 2, name, code],
        ]);
      }
    },
  );

  it.each([
    '2019-03-01',
    '2019/3/1',
    '2019年3月1日',
    '2019 年 3 月 1 日',
    '20190301',
    '43525',
    '43525.75',
    '2019-03-01 00:00:00',
    '2019-3-1 0:00',
    '2019-03-01T08:30',
    '2019年3月1日8:30',
  ])('given the day %s then it is read, and what is none stays as it is written', async (day) => {
    const { rows } = await read(csv(`${HEADER},日期`, `${ROW},${day}`, `${ROW},2021年2月30日`));
    expect(rows.map(({ values }) => values.day)).toEqual(['2019-03-01', '2021年2月30日']);
  });
});

describe.each(['户编号', '账号'])('a list in every writing that offices have for it, told by its %s', (numbers) => {
  const lines = [ROW, '2113829990040005,李四,100.5,6217001234567890105'].map((line) => line.split(','));
  const good = { header: HEADER.split(','), rows: lines, numbers };
  it.each(listWritings(good).map((writing) => [writing.name, writing] as const))('given %s', async (_, writing) => {
    const { body, right } = writing;
    if ('refused' in right) {
      await expect(read(put(body))).rejects.toMatchObject({ code: right.refused ?? 'LIST_EMPTY' });
      return;
    }
    const { rows, problems, warnings } = await read(put(body));
    const [problem] = problems;
    if ('problem' in right) {
      expect(problem).toMatchObject({ code: right.problem, row: right.row, column: right.column });
      expect(rows[0]?.values[numbers === '账号' ? 'account' : 'number']).toBe('');
      return;
    }
    expect(problem).toBeUndefined();
    expect(warnings.map(({ code }) => code)).toEqual(right.warnings);
    expect(rows.map(({ values }) => [values.number, values.name, values.amount, values.account])).toEqual(lines);
  });
});

describe('the rows and sheets of a list', () => {
  it('given titles, totals, blank rows and a header on every page, then only the rows are read and all is counted', async () => {
    const { rows, sheets } = await read(
      csv('入股名单', '', HEADER, ROW, '', HEADER, ROW, '合　计,,6000,', '总计,,6000,'),
    );
    expect(rows.map(({ row }) => row)).toEqual([4, 7]);
    expect(sheets).toEqual([{ name: '', headerRow: 3, dataRows: 2, skippedRows: 6 }]);
  });

  it('given a header in two lines then it is read as one', async () => {
    const { rows } = await read(csv('户编号,户主,入股,', ',姓名,金额(元),账号', ROW));
    expect(rows.map(({ values }) => values)).toEqual([VALUES]);
  });

  it('given columns nobody knows, with a header or without, then each is named', async () => {
    const { warnings, unknown } = await read(csv(`序号,${HEADER},血型,`, `1,${ROW},A,手写`, `2,${ROW},B,又写`));
    expect(warnings.map(({ code, row, column }) => [code, row, column])).toEqual([
      ['COLUMN_UNKNOWN', 1, '血型'],
      ['COLUMN_UNKNOWN', 2, 'G'],
    ]);
    expect(unknown).toEqual(['血型', 'G']);
  });

  it.each(['金额(万元)', '金额（万元）', '金额/万元', '金额（单位：万元）', '金额(千元)', '金额(分)'])(
    'given the header %s then the list is refused and the column named: money is never converted',
    async (header) => {
      await expect(read(csv(HEADER.replace('金额(元)', header), ROW))).rejects.toMatchObject({
        code: 'LIST_UNIT',
        params: { column: header.replaceAll('（', '(').replaceAll('）', ')').replaceAll('：', ':') },
      });
    },
  );
  it('given the unit in a title row then it counts too', async () => {
    await expect(read(csv('单位：万元', HEADER, ROW))).rejects.toMatchObject({ code: 'LIST_UNIT' });
    expect((await read(csv('单位：元', HEADER, ROW))).rows).toHaveLength(1);
  });

  it.each([
    ['a header with nothing under it', `${HEADER}\n`, 'LIST_EMPTY'],
    ['no header', '甲,乙\n1,2\n', 'LIST_HEADER'],
    ['a quote that is never closed', `${HEADER}\n${ROW}\n"${ROW}\n${ROW}\n`, 'TEXT_QUOTE_OPEN'],
    ['a quote open at the end of the last row', `${HEADER}\n${ROW.replace(/[^,]*$/, '"1000')}`, 'TEXT_QUOTE_OPEN'],
    ['a quote that another ends by chance', `${HEADER}\n"${ROW}\n${ROW}\n"${ROW}\n`, 'TEXT_QUOTE_OPEN'],
    ['a web page', '<html><table><tr><td>户编号</td></tr></table></html>', 'WORKBOOK_MARKUP'],
    [
      'XML of 2003',
      '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'WORKBOOK_MARKUP',
    ],
  ])('given %s then it is refused by its code, which has words', async (_, content, code) => {
    await expect(read(put(content))).rejects.toMatchObject({ code });
    expect(render(KIT_MESSAGES, code, {}, 'zh')).not.toBe(code);
  });

  const three = (states: readonly string[], rels = 'xl/_rels/workbook.xml.rels', book = 'xl/workbook.xml') => {
    const sheetOf = (lines: readonly string[]) =>
      `<worksheet><sheetData>${lines
        .map((line, r) => {
          const cells = line
            .split(',')
            .map((each, c) => `<c r="${'ABCDE'[c]}${r + 1}" t="inlineStr"><is><t>${each}</t></is></c>`);
          return `<row r="${r + 1}">${cells.join('')}</row>`;
        })
        .join('')}</sheetData></worksheet>`;
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const names = ['名单', '备份', '三村'];
    return put(
      makeZip({
        '_rels/.rels': `<Relationships><Relationship Id="r" Type="${type}/officeDocument" Target="${book}"/></Relationships>`,
        [book]: `<workbook xmlns:r="x"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" ${states[i] ?? ''} r:id="s${i}"/>`).join('')}</sheets></workbook>`,
        [rels]: `<Relationships>${names.map((_, i) => `<Relationship Id="s${i}" Type="${type}/worksheet" Target="/sheets/${i}.xml"/>`).join('')}</Relationships>`,
        'sheets/0.xml': sheetOf([HEADER, ROW]),
        'sheets/1.xml': sheetOf([HEADER, ROW]),
        'sheets/2.xml': sheetOf(['户编号,姓名,金额(元),卡号(19位)', ROW]),
      }),
    );
  };
  it.each(['state="hidden"', 'state="veryHidden"'])(
    'given a sheet with %s then it is not read and that is said',
    async (state) => {
      const { rows, warnings } = await read(three(['', state]));
      expect(rows.map(({ sheet }) => sheet)).toEqual(['名单']);
      expect(warnings.map(({ code, value, column }) => [code, value, column])).toEqual([
        ['SHEET_HIDDEN', '备份', ''],
        ['SHEET_UNREAD', '三村', '账号'],
      ]);
      for (const { code, ...params } of warnings)
        expect(render(KIT_MESSAGES, code, params, 'zh')).toContain(params.value);
    },
  );
  it('given a workbook whose parts have other names then they are followed', async () => {
    expect((await read(three([], 'Book/_rels/w.xml.rels', 'Book/w.xml'))).rows).toHaveLength(2);
  });
  it('given all sheets hidden then the file is refused for that', async () => {
    const hidden = 'state="hidden"';
    await expect(read(three([hidden, hidden, hidden]))).rejects.toMatchObject({ code: 'SHEETS_HIDDEN' });
  });
});

describe('the readers of the services', () => {
  it('given any service, then it reads a list by this reader; only the roster’s stream opens a workbook itself', () => {
    const apps = new URL('../../../../apps/', import.meta.url).pathname;
    const sources = readdirSync(apps).flatMap((app) => {
      const folder = join(apps, app, 'src');
      return existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${app}/src/${name}`)
        : [];
    });
    const openers = sources
      .filter((name) => name.endsWith('.ts') && !/\/generated\/|\.test\.ts$|\/testing\//.test(name))
      .filter((name) => readFileSync(join(apps, name), 'utf8').includes('spreadsheet/open'));
    expect(openers).toEqual(['identification-service/src/features/imports/roster/roster-job.ts']);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { RosterRow } from '@bangfu/domain/identification/roster/read-row';
import { regionIndex } from '@bangfu/domain/identification/roster/regions';
import { DomainError } from '@bangfu/domain/shared/errors';
import { regionCode } from '@bangfu/domain/shared/region';
import { openWorkbook } from '@bangfu/platform/spreadsheet/open';
import { listWritings, type RightAnswer } from '@bangfu/testkit/bad-lists';
import { afterAll, describe, expect, it } from 'vitest';
import { idNumber } from '../../../testing/register.ts';
import { readRoster } from './read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'rosters-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COUNTY = regionCode('211382000000');
const REGIONS = regionIndex(
  [
    { code: COUNTY, level: 'county', name: '凌源市' },
    { code: regionCode('211382101000'), level: 'township', name: '万元店镇' },
    { code: regionCode('211382101200'), level: 'village', name: '佐杖子村' },
  ],
  COUNTY,
);

async function read(content: string | Buffer) {
  const path = join(folder, 'roster');
  writeFileSync(path, content);
  const rows: RosterRow[] = [];
  const problems: RosterProblem[] = [];
  const workbook = await openWorkbook(path);
  try {
    const sheets = await readRoster(workbook, REGIONS, {
      header: () => undefined,
      row: (row) => rows.push(row),
      problem: (problem) => problems.push(problem),
      drain: async () => undefined,
    });
    return { rows, problems, sheets };
  } finally {
    await workbook.close();
  }
}

const HEADER = [
  '乡(镇)',
  '行政村',
  '自然村',
  '户编号',
  '人编号',
  '姓名',
  '证件号码',
  '与户主关系',
  '人均纯收入',
  '联系电话',
];
const row = (n: number, over: Readonly<Record<string, string>> = {}) => {
  const right: Record<string, string> = {
    '乡(镇)': '万元店镇',
    行政村: '佐杖子村',
    自然村: '一组',
    户编号: `211382999090000${n}`,
    人编号: `21138299909000010${n}`,
    姓名: '李四',
    证件号码: idNumber(n, 1970),
    与户主关系: '户主',
    人均纯收入: '3746.52',
    联系电话: `1390000123${n}`,
  };
  return HEADER.map((header) => over[header] ?? right[header] ?? '');
};
const csv = (...lines: readonly (readonly string[])[]) => lines.map((cells) => cells.join(',')).join('\n');

/** What a roster says where a list has words of its own. */
const ROSTER_WORDS: Readonly<Record<string, string>> = { SHEET_HIDDEN: 'SHEET_UNREAD', SHEET_NO_ROWS: 'SHEET_UNREAD' };

describe.each(['户编号', '人编号'])('a roster in every writing that offices have for it, told by its %s', (numbers) => {
  const rows = [row(1), row(2)];
  const good = { header: HEADER, rows, numbers };
  const values = rows.map((cells) => [cells[3], cells[4], cells[5], cells[6], cells[9]]);

  it.each(listWritings(good).map(({ name, body, right }) => [name, body, right] as const))(
    'given %s',
    async (_, body, right: RightAnswer) => {
      const found = await read(body).catch((error: unknown) => {
        if (error instanceof DomainError) return error.code;
        throw error;
      });
      if (typeof found === 'string') return expect({ refused: found }).toEqual(right);
      const ofRow = found.problems.filter((problem) => problem.row === 2 && problem.column === numbers);
      if ('problem' in right) {
        const ditto = numbers === '户编号' ? 'REQUIRED_EMPTY' : 'VALUE_UNKNOWN';
        expect(ofRow[0]?.code).toBe(right.problem === 'VALUE_PLACEHOLDER' ? ditto : right.problem);
        expect(found.rows[0]?.[numbers === '户编号' ? 'householdNumber' : 'personNumber'] || null).toBeNull();
        return undefined;
      }
      const told = found.problems.map(({ code }) => code);
      if ('refused' in right) return expect([told, found.rows]).toEqual([['SHEET_UNREAD'], []]);
      expect(told).toEqual(right.warnings.map((code) => ROSTER_WORDS[code] ?? code));
      const read5 = found.rows.map((each) => [
        each.householdNumber,
        each.personNumber,
        each.name,
        each.idNumber,
        each.phone,
      ]);
      return expect(read5).toEqual(values);
    },
  );
});

describe('a roster’s cells', () => {
  const codesOf = async (header: string, writings: readonly string[]) => {
    const { problems } = await read(csv(HEADER, ...writings.map((text) => row(1, { [header]: text }))));
    return Array.from(writings, (_, i) =>
      problems
        .filter((each) => each.row === i + 2)
        .map(({ code }) => code)
        .join(),
    );
  };
  const all = (code: string, writings: readonly string[]) => Array.from(writings, () => code);

  it('given what only fills a cell, then nobody is registered by it', async () => {
    const filled = ['-', '/', '——', '…', '无', 'NULL', 'nan', '同上', '〃', '″'];
    expect(await codesOf('姓名', filled)).toEqual(all('REQUIRED_EMPTY', filled));
    expect(await codesOf('户编号', filled)).toEqual(all('REQUIRED_EMPTY', filled));
    expect(await codesOf('自然村', ['同上', '〃', '″', '-', '无'])).toEqual([
      ...all('VALUE_UNKNOWN', ['', '', '']),
      '',
      '',
    ]);
  });

  it('given a name that nobody can have, then it is said', async () => {
    const names = ['张三(户主)', '张三/李四', '张三、李四', '张三1', '⿰氵开', '张□'];
    expect(await codesOf('姓名', names)).toEqual(all('NAME_UNREADABLE', names));
    const right = ['李〇', 'Zhang San', "O'Neill", '买买提·吐尔逊', '𠮷明', '王 小'];
    expect(await codesOf('姓名', right)).toEqual(all('', right));
  });

  it('given an error in any writing of it, then it is one', async () => {
    const errors = ['#N/A', ' #n/a', '\u200b#REF!', '＃N/A', '#NAME？', '#####', 'Err:508', '＝A1*2'];
    for (const header of ['姓名', '自然村', '联系电话']) {
      expect(await codesOf(header, errors)).toEqual(all('CELL_ERROR', errors));
    }
  });

  it.each([
    ['单位：万元', 0],
    ['收入情况（万元）', 0],
    ['人民币万元）', null],
    ['（人民币万元）', 8],
    ['【千元】', 8],
    ['单位：元', null],
    ['投入资金500万元的村', null],
  ])('given %s above the header, then money under it is never taken for yuan', async (title, column) => {
    const above = HEADER.map((_, i) => (i === (column ?? 0) ? title : ''));
    const { rows, problems } = await read(csv(above, HEADER, row(1)));
    const told = problems.map(({ code, column: header }) => `${code} ${header}`);
    if (column === null) {
      expect([rows[0]?.perCapitaIncome, told]).toEqual([374_652, []]);
      return;
    }
    expect(rows[0]?.perCapitaIncome).toBeNull();
    expect(told).toEqual([expect.stringMatching(/^COLUMN_UNKNOWN 人均纯收入\(/)]);
  });

  it('given a sign that no text can hold far down, then the row is read and no such sign is kept', async () => {
    const far = '\n'.repeat(2 ** 20);
    const { rows, problems } = await read(
      `${csv(HEADER)}${far}${csv(row(1, { 自然村: '一\u0000组', 姓名: '李\u0000四' }))}`,
    );
    expect(rows.map(({ group }) => group)).toEqual(['一\ufffd组']);
    expect(problems.map(({ code }) => code)).toEqual(['NAME_UNREADABLE']);
  });
});

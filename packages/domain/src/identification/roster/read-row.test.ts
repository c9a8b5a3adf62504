import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../shared/id-number.ts';
import { regionCode } from '../../shared/region.ts';
import { COLUMN_KEYS, COLUMNS, type ColumnKey } from './columns.ts';
import { getHeader, type SourceCell } from './header.ts';
import type { RosterProblem } from './problem.ts';
import { readDay } from '../../shared/day-text.ts';
import { type RosterRow, rowReader } from './read-row.ts';
import { readNumber } from './row-cells.ts';
import { regionIndex, type RegionRow } from './regions.ts';

const COUNTY = regionCode('211382000000');
const REGIONS: RegionRow[] = [
  { code: COUNTY, level: 'county', name: '凌源市' },
  { code: regionCode('211382101000'), level: 'township', name: '甲镇' },
  { code: regionCode('211382102000'), level: 'township', name: '丙镇' },
  { code: regionCode('211382101201'), level: 'village', name: '北店村村民委员会' },
  { code: regionCode('211382101202'), level: 'village', name: '南山村委会' },
  { code: regionCode('211382101203'), level: 'village', name: '南山村' },
  { code: regionCode('211382102201'), level: 'village', name: '西沟村委会' },
];
const INDEX = regionIndex(REGIONS, COUNTY);
const ID = `21138219600101001${checkDigit('21138219600101001')}`;
const GOOD: Partial<Record<ColumnKey, string>> = {
  county: '凌源市',
  township: '甲镇',
  village: '北店村',
  householdNumber: '2113 8210',
  name: '王一',
  idNumber: `\t${ID}`,
  relation: '户主',
  memberCount: '1',
};

function read(changes: Partial<Record<ColumnKey, string | SourceCell>>): { row: RosterRow; problems: RosterProblem[] } {
  const header = getHeader([
    { number: 1, cells: COLUMN_KEYS.map((key) => ({ text: COLUMNS[key].header, kind: 'text' as const })) },
  ]);
  const problems: RosterProblem[] = [];
  const values: Partial<Record<ColumnKey, string | SourceCell>> = { ...GOOD, ...changes };
  const cells = COLUMN_KEYS.map((key): SourceCell | undefined => {
    const value = values[key];
    return typeof value === 'string' ? { text: value, kind: 'text' } : value;
  });
  const row = rowReader('表', header, INDEX, (problem) => problems.push(problem))({ number: 7, cells });
  return { row, problems };
}
function codes(changes: Partial<Record<ColumnKey, string | SourceCell>>): string[] {
  return read(changes).problems.map(({ code, column }) => `${code} ${column}`);
}

describe('one row of a roster', () => {
  it('given a right row then every value is read and nothing is reported', () => {
    const { row, problems } = read({
      ethnicity: '汉',
      health: '残疾、大病',
      workMonths: '１０',
      perCapitaIncome: '3,746.52',
      safeWater: '√',
      wageIncome: '100',
      monitoredSince: '2019年3月',
      riskCleared: '否',
    });
    expect(problems).toEqual([]);
    expect(row).toMatchObject({
      row: 7,
      householdNumber: '21138210',
      idNumber: ID,
      idFacts: { birthDate: '1960-01-01', sex: 'male' },
      townshipCode: '211382101000',
      villageCode: '211382101201',
      memberCount: 1,
      relation: 'head',
      ethnicity: '汉族',
      health: ['disabled', 'major-disease'],
      workMonths: 10,
      perCapitaIncome: 374652,
      safeWater: true,
      dangerousHouse: null,
      later: { wageIncome: 10000, monitoredSince: '2019-03-01', riskCleared: false },
      faulty: false,
    });
  });

  it.each(['householdNumber', 'name', 'idNumber', 'relation', 'township', 'village'] as const)(
    'given %s is empty then it is reported, and nothing else',
    (key) => {
      expect(codes({ [key]: ' \u200b' })).toEqual([`REQUIRED_EMPTY ${COLUMNS[key].header}`]);
      expect(read({ [key]: '' }).row.faulty).toBe(true);
    },
  );

  it('given each column of a later edition filled with what its kind allows then it is taken without a problem', () => {
    const sample = { text: '甲', number: '3', yuan: '12.5', yesNo: '是', date: '2020-05-01' } as const;
    const filled = Object.fromEntries(
      COLUMN_KEYS.filter((key) => COLUMNS[key].later).map((key) => {
        const { kind, dictionary } = COLUMNS[key];
        const word = kind === 'dictionary' && dictionary?.label(dictionary.codes[0] ?? '');
        return [key, word || sample[kind as keyof typeof sample]];
      }),
    );
    const { row, problems } = read(filled);
    expect(problems).toEqual([]);
    const taken = Object.entries(row.later ?? {}).filter(([, value]) => value !== null);
    expect(taken.map(([key]) => key).sort()).toEqual(Object.keys(filled).sort());
  });

  it('given an empty cell of a later edition’s column then it was asked and left empty, which a rule may speak of', () => {
    expect(read({ housingArea: '120' }).row.later).toMatchObject({ housingArea: 120, roadDistance: null });
  });

  it('given a row without a household number then its problems belong to household ""', () => {
    const { problems } = read({ householdNumber: '', relation: '外星人' });
    expect(problems.map(({ household }) => household)).toEqual(['', '']);
  });

  it('given an ID in scientific notation or stored as a number then digits are lost and it is not compared', () => {
    for (const cell of ['2.1E+17', '6.10e17', { text: '211382196001010000', kind: 'number' } as const]) {
      const { row, problems } = read({ idNumber: cell });
      expect(problems.map(({ code }) => code)).toEqual(['ID_SCIENTIFIC']);
      expect(row.idNumber).toBeNull();
    }
  });

  it('given a wrong ID then it is reported masked and still compared', () => {
    const wrong = `${ID.slice(0, 17)}${ID[17] === '1' ? '2' : '1'}`;
    const { row, problems } = read({ idNumber: wrong });
    expect(problems).toMatchObject([{ code: 'ID_INVALID', household: '21138210', row: 7 }]);
    expect(problems[0]?.value).not.toContain('19600101');
    expect(row).toMatchObject({ idNumber: wrong, idFacts: null });
  });

  it('given a disability certificate then it is valid', () => {
    expect(codes({ idNumber: `${ID}43` })).toEqual([]);
    expect(codes({ idNumber: `${ID}93` })).toEqual(['ID_INVALID 证件号码']);
  });

  it('given regions then they are looked up one under the other', () => {
    expect(codes({ county: '柞水县' })).toEqual(['REGION_UNKNOWN 县(市、区、旗)']);
    expect(codes({ county: '' })).toEqual([]);
    expect(codes({ township: '丁镇', village: '没有村' })).toEqual(['REGION_UNKNOWN 乡(镇)']);
    expect(codes({ village: '西沟村' })).toEqual(['REGION_UNKNOWN 行政村']);
    expect(codes({ village: '南山' })).toEqual(['REGION_UNKNOWN 行政村']);
    expect(read({ village: '南山村' }).row.villageCode).toBe('211382101203');
    expect(read({ village: '北店' }).row.villageCode).toBe('211382101201');
  });

  it('given a value or a number that nobody understands then it is reported', () => {
    expect(
      codes({ ethnicity: '火星族', memberCount: '三口', perCapitaIncome: '约3000', dangerousHouse: '可能' }),
    ).toEqual(['NUMBER_INVALID 人数', 'VALUE_UNKNOWN 民族', 'VALUE_UNKNOWN 危房户', 'NUMBER_INVALID 人均纯收入']);
  });

  it('given an ID number or a telephone in a wrong column then the problem masks it', () => {
    const { problems } = read({ ethnicity: ID, education: '13912345678' });
    expect(problems.map(({ value }) => value)).toEqual([expect.stringMatching(/^211\*+/), '139******78']);
  });
});

describe('numbers and days', () => {
  it.each([
    ['3,746.52', 3746.52],
    ['-3', -3],
    ['+12', 12],
    ['1e5', null],
    ['3,74', null],
    ['3 人', null],
  ])('given %j then %j', (text, value) => expect(readNumber(text)).toBe(value));

  it.each([
    ['2019.3', '2019-03-01'],
    ['2019-03-09', '2019-03-09'],
    ['2019年3月', '2019-03-01'],
    ['2019年12月31日', '2019-12-31'],
    ['2019-02-30', null],
    ['去年', null],
  ])('given %j then %j', (text, day) => expect(readDay(text)).toBe(day));
});

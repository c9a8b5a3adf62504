import { describe, expect, it } from 'vitest';
import { COLUMN_KEYS, columnFacts, type ColumnKey } from './columns.ts';
import { problemText, ROSTER_MESSAGES } from './messages.ts';
import { ROSTER_CODES, type RosterCode } from './problem.ts';
import { findTwice, groupHouseholds, heldBackHouseholds, type MemberRow, readHousehold } from './read-household.ts';

const COLUMNS = () =>
  Object.fromEntries(COLUMN_KEYS.map((key) => [key, columnFacts(key).header])) as Record<ColumnKey, string>;

function member(row: number, relation: MemberRow['relation'], memberCount: number | null): MemberRow {
  return { sheet: '表', row, householdNumber: '1', relation, memberCount };
}
function told(rows: MemberRow[]): string[] {
  return readHousehold(rows, COLUMNS).map(({ code, row, severity }) => `${code} ${row} ${severity}`);
}

describe('a whole household', () => {
  it('given one head and a right count then nothing is reported', () => {
    expect(told([member(2, 'son', null), member(9, 'head', 2)])).toEqual([]);
  });
  it('given no head then it is missing, and the first row states the count', () => {
    expect(told([member(2, 'son', 3), member(9, null, 2)])).toEqual([
      'HEAD_MISSING 2 error',
      'COUNT_MISMATCH 2 warning',
    ]);
  });
  it('given two heads then each is reported and the first states the count', () => {
    expect(told([member(2, 'head', 2), member(9, 'head', 7)])).toEqual([
      'HEAD_MULTIPLE 2 error',
      'HEAD_MULTIPLE 9 error',
    ]);
  });
  it('given a count that was empty or invalid then it is not compared', () => {
    expect(told([member(2, 'head', null), member(3, 'spouse', 9)])).toEqual([]);
  });
});

describe('a whole file', () => {
  const row = (number: number, householdNumber: string, idNumber: string | null) => ({
    sheet: '表',
    row: number,
    householdNumber,
    idNumber,
  });

  it('given the same ID number in two rows then both are reported; missing ones are not compared', () => {
    const problems = findTwice([row(2, '1', 'A'), row(3, '1', null), row(4, '2', 'A'), row(5, '3', null)], COLUMNS);
    expect(problems.map(({ row: at, household }) => [at, household])).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
    expect([...heldBackHouseholds(problems)]).toEqual(['1', '2']);
  });
  it('given rows that are not adjacent then they are one household; a row without a number is in none', () => {
    const households = groupHouseholds([row(2, '1', null), row(3, '', null), row(4, '1', null)]);
    expect([...households].map(([number, rows]) => [number, rows.length])).toEqual([['1', 2]]);
  });
  it('given every code then it has a text in both languages, filled in', () => {
    for (const code of Object.keys(ROSTER_CODES) as RosterCode[]) {
      for (const language of ['zh', 'en'] as const) {
        const { message, suggestion } = problemText({ code, row: 3, column: '民族', value: '$&' }, language);
        expect(message).not.toMatch(/[{}]/);
        expect(suggestion.length).toBeGreaterThan(3);
      }
    }
    expect(ROSTER_MESSAGES.VALUE_UNKNOWN.zh.message).toContain('{value}');
  });
});

import { describe, expect, it } from 'vitest';
import { type CadreColumn, rankByWord, readCadreLine } from './cadre-sheet.ts';
import { QUOTA_SETS } from './policy.ts';

const ranks = QUOTA_SETS['5321'];

describe('a row of a list of cadres', () => {
  const order = ['unit', 'name', 'rank', 'phone', 'villages', 'quota', 'relatives'] as const;
  const EMPTY = { homeVillage: '', seat: '', username: '' };
  const read = (...cells: string[]) => {
    const values = Object.fromEntries(order.map((column, i) => [column, cells[i] ?? '']));
    return readCadreLine({ ...EMPTY, ...values } as Record<CadreColumn, string>, ranks);
  };

  it('given a full row, when it is read, then every value is clean', () => {
    expect(read('农业农村局', '张 三', '科员', '138 0013 8000', '北店村、南店村', '2', '1001,1002')).toEqual({
      line: {
        unit: '农业农村局',
        name: '张三',
        rank: 'staff',
        phone: '13800138000',
        homeVillage: null,
        seat: null,
        villages: ['北店村', '南店村'],
        quota: 2,
        relatives: ['1001', '1002'],
        username: null,
      },
      issues: [],
    });
  });

  it('given several faults, when it is read, then all of them are named', () => {
    expect(read('', '李四', '元帅', '123', '', '很多')?.issues).toEqual([
      { column: 'unit', code: 'CADRE_VALUE_MISSING' },
      { column: 'rank', code: 'CADRE_RANK_UNKNOWN' },
      { column: 'phone', code: 'CADRE_PHONE_INVALID' },
      { column: 'quota', code: 'CADRE_QUOTA_INVALID' },
    ]);
  });

  it('given an empty row, when it is read, then there is none', () => {
    expect(read('', '', '')).toBeNull();
  });
});

describe('the word for a rank', () => {
  it('given the words of lists, when they are looked up, then the policy’s ranks are found and no other', () => {
    expect(['县级领导', '正科级', '副职', '一般干部', 'staff'].map((word) => rankByWord(word, ranks))).toEqual([
      'county-leader',
      'township-department-head',
      'deputy',
      'staff',
      'staff',
    ]);
    expect(rankByWord('中层干部', ranks)).toBeNull();
    expect(rankByWord('村医', [{ rank: 'doctor', name: '村医' }])).toBe('doctor');
  });
});

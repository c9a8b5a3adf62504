import { nameKey, normaliseName } from '@bangfu/domain/shared/normalise';
import { describe, expect, it } from 'vitest';
import { searchPattern } from './name-search.ts';

/** Whether a name, written in any way, is found by a search. */
const finds = (search: string, name: string) => new RegExp(searchPattern(search) ?? '(?!)', 'u').test(nameKey(name));

const NAMES = ['张三', '阿依·古丽', '欧阳 小明', '龚䶮', '𠅤𠮷明', 'Ali Khan', '高⽟⽴', '张?'];
const INVISIBLE = ['\u200b', '\u200f', '\u202d', '\u2060', '\u2068', '\ufeff', '\ufe0f', '\u{e0101}'];

describe('a search for a name', () => {
  it('given any writing of the name in the search or in what is kept, then it is found', () => {
    for (const name of NAMES) {
      const writings = [
        name,
        normaliseName(name),
        ...INVISIBLE.flatMap((sign) => [`${sign}${name}`, [...name].join(sign), `${name}${sign}`]),
        ...['　', ' ', '\u00a0', '\t'].flatMap((blank) => [`${blank}${name}`, [...name].join(blank)]),
        ...['•', '‧', '・', '．', '･', '.'].map((dot) => name.replace('·', dot)),
      ];
      for (const writing of writings) {
        expect(finds(writing, name), JSON.stringify([writing, name])).toBe(true);
        expect(finds(name, writing), JSON.stringify([name, writing])).toBe(true);
      }
    }
  });

  it('given the initials of the pinyin, any reading of them, then it is found; one letter finds nobody', () => {
    for (const [initials, name] of [
      ['zs', '张三'],
      ['ZS', '张三'],
      ['ayg', '阿依·古丽'.replace('·', '')],
      ['sxm', '单小明'],
      ['dxm', '单小明'],
      ['zg', '曾国'],
      ['cg', '曾国'],
    ] as const) {
      expect(finds(initials, name), `${initials} ${name}`).toBe(true);
    }
    expect(finds('zs', '李四')).toBe(false);
    expect(finds('z', '张三')).toBe(false);
  });

  it('given signs that mean something in a pattern, then they stand for themselves', () => {
    expect(finds('张?', '张?')).toBe(true);
    expect(finds('张?', '李')).toBe(false);
    expect(finds('.*', '张三')).toBe(false);
    expect(searchPattern(' \u200b ')).toBeNull();
  });
});

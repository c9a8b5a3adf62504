import { describe, expect, it } from 'vitest';
import { lookAlikeKey } from './look-alike.ts';

/** Names, and writings of them that nobody tells apart on a screen. */
const TWINS: readonly (readonly [string, ...string[]])[] = [
  [
    'ABC合作社',
    'АВС合作社',
    'ABC 合作社',
    'ＡＢＣ合作社',
    'abc合作社',
    '\u202eABC合作社',
    'AB\u200bC合作社',
    'ΑΒС合作社',
  ],
  ['水利局', '水利局\u3164', '⽔利局', '水\u00ad利局'],
  ['北票（一）班', '北票(一)班', '北票（ 一 ）班'],
];

describe('given names that are taken for each other', () => {
  it.each(TWINS)('when %j is written in another way, then it is the same name', (name, ...twins) => {
    expect(twins.filter((twin) => lookAlikeKey(twin) !== lookAlikeKey(name))).toEqual([]);
  });

  it('when two names differ in a sign that is read, then they are two', () => {
    const names = ['水利局', '水务局', '农业农村局', '农业局', '第一合作社', '第二合作社', '土门村', '干沟村'];
    expect(new Set(names.map(lookAlikeKey)).size).toBe(names.length);
  });
});

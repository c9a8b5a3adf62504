import { describe, expect, it } from 'vitest';
import { maskName, maskPersons } from './person-name.ts';

describe('given an answer for someone who sees households masked', () => {
  it('when it holds heads and members, then their names are covered and nothing else is', () => {
    const answer = {
      rows: [{ headName: '王小明', villageName: '北店村', members: [{ name: '李四', relation: 'spouse' }] }],
      entity: { name: '北店合作社' },
      helperName: '赵六',
    };
    expect(maskPersons(answer)).toEqual({
      rows: [{ headName: '王**', villageName: '北店村', members: [{ name: '李*', relation: 'spouse' }] }],
      entity: { name: '北店合作社' },
      helperName: '赵六',
    });
  });

  it('when a name has one character, then it stays', () => {
    expect(maskName('王')).toBe('王');
  });
});

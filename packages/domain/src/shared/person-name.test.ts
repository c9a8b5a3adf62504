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

  it('when names stand in its sentences, then they are covered there too, the longer before the one it begins with', () => {
    const answer = {
      peopleMet: ['李四', '李四海'],
      acknowledgement: { kind: 'signature', by: '孙七' },
      objections: [{ caseId: '1', name: '周八' }],
      seen: '李四海说李四外出，孙七、周八和吴九在场',
      problems: [{ subject: '孙七', by: '赵六' }],
    };
    expect(maskPersons(answer, ['吴九'])).toEqual({
      peopleMet: ['李*', '李**'],
      acknowledgement: { kind: 'signature', by: '孙*' },
      objections: [{ caseId: '1', name: '周*' }],
      seen: '李**说李*外出，孙*、周*和吴*在场',
      problems: [{ subject: '孙*', by: '赵六' }],
    });
  });

  it('when it is masked twice, then nothing changes', () => {
    const once = maskPersons({ headName: '王小明', detail: '王小明申请' });
    expect(maskPersons(once)).toEqual(once);
  });

  it('when a name has one character, then it stays', () => {
    expect(maskName('王')).toBe('王');
  });
});

import { describe, expect, it } from 'vitest';
import { type DossierAnswer, mergedTimeline, registerFact } from './merge.ts';

const answer: DossierAnswer = {
  householdNumber: '990101001001-0001',
  parts: [
    {
      service: 'identification',
      absent: false,
      dossier: {
        sections: [{ key: 'household', title: '家庭基本情况', facts: [{ label: '户主', value: '测试户' }] }],
        timeline: [
          { at: '2026-01-10', title: '登记', detail: '' },
          { at: '2026-06-01', title: '变更', detail: '' },
        ],
        link: '/identification/households/1',
      },
    },
    { service: 'pairing', absent: true, dossier: null },
    {
      service: 'industry',
      absent: false,
      dossier: { sections: [], timeline: [{ at: '2026-03-05', title: '分红', detail: '320 元' }], link: '/industry/' },
    },
  ],
};

describe('a dossier of several services', () => {
  it('given events of two services, then one time line, newest first, each with its service', () => {
    expect(mergedTimeline(answer).map(({ at, service }) => [at, service])).toEqual([
      ['2026-06-01', 'identification'],
      ['2026-03-05', 'industry'],
      ['2026-01-10', 'identification'],
    ]);
  });

  it('given the register answered, then the head is known, and what it does not say is null', () => {
    expect(registerFact(answer, '户主')).toBe('测试户');
    expect(registerFact(answer, '住址')).toBeNull();
  });
});

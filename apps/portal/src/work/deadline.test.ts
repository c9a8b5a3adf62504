import { businessDay } from '@bangfu/domain/shared/time';
import { describe, expect, it } from 'vitest';
import { byUrgency, deadlineOn } from './deadline.ts';

const today = businessDay('2026-11-22');

describe('my work by deadline', () => {
  it('given overdue and dated matters, then overdue first, the nearest deadline next', () => {
    const items = [
      { id: 'later', due: '2026-12-30', overdue: false },
      { id: 'over', due: '2026-11-20', overdue: true },
      { id: 'soon', due: '2026-11-23', overdue: false },
      { id: 'long-over', due: '2026-10-01', overdue: true },
    ];
    expect([...items].sort(byUrgency).map((item) => item.id)).toEqual(['long-over', 'over', 'soon', 'later']);
  });

  it('given a deadline, then it is said in whole days', () => {
    expect(deadlineOn({ due: '2026-11-20', overdue: true }, today)).toEqual({ key: 'work.overdue', days: 2 });
    expect(deadlineOn({ due: '2026-11-22', overdue: false }, today)).toEqual({ key: 'work.dueToday' });
    expect(deadlineOn({ due: '2026-11-25', overdue: false }, today)).toEqual({ key: 'work.dueIn', days: 3 });
  });

  it('given a clock of hours that ended today, then it is one day over', () => {
    expect(deadlineOn({ due: '2026-11-22', overdue: true }, today)).toEqual({ key: 'work.overdue', days: 1 });
  });
});

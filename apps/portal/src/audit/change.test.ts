import { describe, expect, it } from 'vitest';
import { fieldChanges } from './change.ts';

describe('what an audit entry changed', () => {
  it('given before and after, then the fields that differ, side by side', () => {
    const change = { before: { name: '甲村', level: 'village' }, after: { name: '乙村', level: 'village' } };
    expect(fieldChanges(change)).toEqual([{ field: 'name', before: '甲村', after: '乙村' }]);
  });

  it('given only after, then everything is new', () => {
    expect(fieldChanges({ after: { username: 'wang.fang', grants: [] } })).toEqual([
      { field: 'username', before: null, after: 'wang.fang' },
      { field: 'grants', before: null, after: '[]' },
    ]);
  });

  it('given something withdrawn, then the whole of what was', () => {
    expect(fieldChanges({ before: { role: 'auditor' }, after: null })).toEqual([
      { field: 'role', before: 'auditor', after: null },
    ]);
  });

  it('given figures without before and after, then they are told as they are', () => {
    expect(fieldChanges({ create: 3, change: [] })).toEqual([
      { field: 'create', before: null, after: '3' },
      { field: 'change', before: null, after: '[]' },
    ]);
  });

  it('given nothing, then nothing', () => {
    expect(fieldChanges(null)).toEqual([]);
    expect(fieldChanges({})).toEqual([]);
  });
});

import { businessDay } from '@bangfu/domain/shared/time';
import { describe, expect, it } from 'vitest';
import { grantOf, lastDayOf } from './grant-form.ts';

describe('a grant from its form', () => {
  it('given a township officer with a last day, then the grant holds through that day in Shanghai', () => {
    const grant = grantOf({ role: 'township-officer', region: '990101001000', until: businessDay('2026-12-31') });
    expect(grant).toEqual({
      role: 'township-officer',
      scope: { kind: 'region', code: '990101001000' },
      until: '2026-12-31T16:00:00.000Z',
    });
    expect(lastDayOf(grant)).toBe('2026-12-31');
  });

  it('given a field left from another role, then only what the role needs is sent', () => {
    expect(grantOf({ role: 'helper', region: '990101001000', id: ' h-1 ', until: null })).toEqual({
      role: 'helper',
      scope: { kind: 'helper', id: 'h-1' },
    });
    expect(grantOf({ role: 'system-administrator', id: 'x' })).toEqual({
      role: 'system-administrator',
      scope: { kind: 'platform' },
    });
  });

  it('given an evaluator, then regions and services travel with the evaluation', () => {
    expect(grantOf({ role: 'evaluator', id: 'e1', regions: ['990101000000'], services: ['industry'] }).scope).toEqual({
      kind: 'evaluation',
      id: 'e1',
      regions: ['990101000000'],
      services: ['industry'],
    });
  });
});

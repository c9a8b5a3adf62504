import type { Scope } from '@bangfu/domain/shared/roles';
import { describe, expect, test } from 'vitest';
import { checkGrant, contains } from './containment.ts';

const COUNTY = '522325000000';
const TOWNSHIP = '522325101000';
const VILLAGE = '522325101204';
const region = (code: string): Scope => ({ kind: 'region', code });
const evaluation = (...regions: string[]): Scope => ({
  kind: 'evaluation',
  id: 'e1',
  regions,
  services: ['identification'],
});
const platform: Scope = { kind: 'platform' };

describe('whose scope contains what', () => {
  test.each<[string, Scope, Scope, boolean]>([
    ['the platform contains itself', platform, platform, true],
    ['the platform contains its county', platform, region(COUNTY), true],
    ['the platform does not contain another county', platform, region('522326000000'), false],
    ['the platform does not contain the prefecture', platform, region('522300000000'), false],
    ['the platform contains units', platform, { kind: 'unit', id: 'u' }, true],
    ['a county contains its village', region(COUNTY), region(VILLAGE), true],
    ['a county does not contain the platform', region(COUNTY), platform, false],
    ['a county contains households', region(COUNTY), { kind: 'household', id: 'h' }, true],
    ['a township contains its village', region(TOWNSHIP), region(VILLAGE), true],
    ['a township does not contain its county', region(TOWNSHIP), region(COUNTY), false],
    ['a township does not contain another', region(TOWNSHIP), region('522325102000'), false],
    ['a township cannot tell where a unit lies', region(TOWNSHIP), { kind: 'unit', id: 'u' }, false],
    ['a township contains an evaluation of its village', region(TOWNSHIP), evaluation(VILLAGE), true],
    [
      'a township does not contain an evaluation that goes beyond',
      region(TOWNSHIP),
      evaluation(VILLAGE, COUNTY),
      false,
    ],
    ['an evaluation of nothing is contained nowhere', platform, evaluation(), false],
    ['a unit contains nothing', { kind: 'unit', id: 'u' }, region(VILLAGE), false],
  ])('%s', (_, own, scope, expected) => {
    expect(contains(own, scope, COUNTY)).toBe(expected);
  });
});

describe('grants that make sense', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  test('a role needs a scope of its kind', () => {
    expect(() => checkGrant({ role: 'helper', scope: region(VILLAGE) }, now)).toThrow('GRANT_SCOPE_UNFIT');
    expect(() => checkGrant({ role: 'county-office', scope: platform }, now)).toThrow('GRANT_SCOPE_UNFIT');
  });
  test('an evaluator needs an end, and no grant may be over before it begins', () => {
    expect(() => checkGrant({ role: 'evaluator', scope: evaluation(COUNTY) }, now)).toThrow('GRANT_NEEDS_UNTIL');
    const past = { role: 'evaluator', scope: evaluation(COUNTY), until: '2026-11-21T00:00:00Z' } as const;
    expect(() => checkGrant(past, now)).toThrow('GRANT_ALREADY_OVER');
    expect(() => checkGrant({ ...past, until: '2026-12-31T00:00:00Z' }, now)).not.toThrow();
  });
});

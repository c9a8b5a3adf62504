import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import { contains, demandNew, demandOther, demandSecond, demandSensible, needsSecond } from './grants.ts';
import { ROLES, type Role, type Scope } from './roles.ts';

const COUNTY = '522325000000';
const TOWNSHIP = '522325101000';
const VILLAGE = '522325101204';
const NOW = new Date('2026-11-22T00:00:00Z');
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

/** Every scope there is, by a name. */
const SCOPES: Readonly<Record<string, Scope>> = {
  platform,
  province: region('520000000000'),
  prefecture: region('522300000000'),
  county: region(COUNTY),
  township: region(TOWNSHIP),
  village: region(VILLAGE),
  unit: { kind: 'unit', id: 'u' },
  helper: { kind: 'helper', id: 'h' },
  entity: { kind: 'entity', id: 'e' },
  provider: { kind: 'provider', id: 'p' },
  household: { kind: 'household', id: 'hh' },
  evaluation: evaluation(COUNTY),
};

/** Where each role is held, in words of the regulation. */
const HELD: Readonly<Record<Role, string>> = {
  'system-administrator': 'platform county township',
  'county-office': 'county',
  'county-leader': 'county',
  department: 'county',
  'township-officer': 'township',
  'township-leader': 'township',
  'village-officer': 'village',
  helper: 'helper',
  'unit-manager': 'unit',
  entity: 'entity',
  'training-provider': 'provider',
  finance: 'county',
  auditor: 'county',
  evaluator: 'evaluation',
  household: 'household',
};

const until = (role: Role) => (role === 'evaluator' ? { until: '2027-01-01T00:00:00Z' } : {});
const codeOf = (act: () => void) => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

describe('grants that make sense', () => {
  test.each(ROLES)(
    'given the role %s over every scope and level, then it is held where it works and nowhere else',
    (role) => {
      const fits = Object.entries(SCOPES).filter(
        ([, scope]) => codeOf(() => demandSensible({ role, scope, ...until(role) }, NOW)) === null,
      );
      expect(fits.map(([name]) => name).join(' ')).toBe(HELD[role]);
    },
  );

  test('given a county role over a village, or a village role over the county, then the level is what is wrong', () => {
    expect(codeOf(() => demandSensible({ role: 'village-officer', scope: region(COUNTY) }, NOW))).toBe(
      'GRANT_LEVEL_UNFIT',
    );
    expect(codeOf(() => demandSensible({ role: 'finance', scope: region(VILLAGE) }, NOW))).toBe('GRANT_LEVEL_UNFIT');
    expect(codeOf(() => demandSensible({ role: 'helper', scope: region(VILLAGE) }, NOW))).toBe('GRANT_SCOPE_UNFIT');
  });

  test('given any end, then it is after now and within ten years', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (end) => {
        const grant = { role: 'county-office', scope: region(COUNTY), until: end.toISOString() } as const;
        const expected =
          end <= NOW ? 'GRANT_ALREADY_OVER' : end > new Date('2036-11-22T00:00:00Z') ? 'GRANT_TOO_LONG' : null;
        expect(codeOf(() => demandSensible(grant, NOW))).toBe(expected);
      }),
    );
    expect(codeOf(() => demandSensible({ role: 'evaluator', scope: evaluation(COUNTY) }, NOW))).toBe(
      'GRANT_NEEDS_UNTIL',
    );
    const nothing = {
      role: 'evaluator',
      scope: { ...evaluation(COUNTY), services: [] },
      ...until('evaluator'),
    } as const;
    expect(codeOf(() => demandSensible(nothing as never, NOW))).toBe('GRANT_SCOPE_EMPTY');
  });
});

describe('one grant at a time, by two hands where it weighs', () => {
  test('given a role over a scope in any writing, then it is held once', () => {
    const two = {
      kind: 'evaluation',
      id: 'e1',
      regions: [VILLAGE, COUNTY],
      services: ['pairing', 'industry'],
    } as const;
    const turned = { ...two, regions: [COUNTY, VILLAGE, COUNTY], services: ['industry', 'pairing'] } as const;
    const held = { role: 'evaluator', scope: two, isProposed: false } as const;
    expect(codeOf(() => demandNew([held], { role: 'evaluator', scope: turned }))).toBe('GRANT_EXISTS');
    expect(codeOf(() => demandNew([{ ...held, isProposed: true }], held))).toBe('GRANT_WAITS');
    expect(codeOf(() => demandNew([held], { role: 'auditor', scope: region(COUNTY) }))).toBeNull();
    expect(codeOf(() => demandNew([held], { ...held, scope: { ...two, id: 'e2' } }))).toBeNull();
  });

  test('given a giver, then never themself; given a second, then neither who proposed nor who gets it', () => {
    expect(codeOf(() => demandOther('a', 'a'))).toBe('GRANT_TO_ONESELF');
    expect(codeOf(() => demandOther('a', 'b'))).toBeNull();
    const grant = { accountId: 'a', proposedBy: 'b' };
    expect(['a', 'b', 'c'].map((id) => codeOf(() => demandSecond(grant, id)))).toEqual([
      'GRANT_TO_ONESELF',
      'GRANT_OWN_PROPOSAL',
      null,
    ]);
    expect(ROLES.filter(needsSecond)).toEqual([
      'system-administrator',
      'county-leader',
      'finance',
      'auditor',
      'evaluator',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  isSampleOpen,
  requireCommitted,
  requireKeyOpen,
  requireOtherAccount,
  requireSeedPlan,
  seedSource,
  SEPARATE_STEPS,
} from './procedure.ts';

const ACCOUNTS = ['a', 'b', 'c'];
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('freeze, seed and import of returns', () => {
  const assignments = ACCOUNTS.flatMap((freeze) =>
    ACCOUNTS.flatMap((seed) => ACCOUNTS.map((receive) => ({ freeze, seed, receive }))),
  );

  it.each(assignments)('by $freeze, $seed and $receive are accepted only of three accounts', (by) => {
    const refused = SEPARATE_STEPS.map((step, at) => {
      const before = Object.fromEntries(SEPARATE_STEPS.slice(0, at).map((earlier) => [earlier, by[earlier]]));
      return codeOf(() => requireOtherAccount(before, step, by[step]));
    });
    const isSeparate = new Set(Object.values(by)).size === 3;
    expect(refused.every((code) => code === 'accepted')).toBe(isSeparate);
  });

  it.each(SEPARATE_STEPS.flatMap((one, i) => SEPARATE_STEPS.slice(i + 1).map((other) => [one, other] as const)))(
    'given %s and %s by one account, then the refusal has a code of its own',
    (one, other) => {
      const code = codeOf(() => requireOtherAccount({ [one]: 'a' }, other, 'a'));
      expect(['SEED_BY_FREEZER', 'RETURNS_BY_FREEZER', 'RETURNS_BY_SEEDER']).toContain(code);
    },
  );

  it('an evaluation of which it is not known who froze it refuses nobody', () => {
    expect(codeOf(() => requireOtherAccount({ freeze: null, seed: undefined }, 'receive', 'a'))).toBe('accepted');
  });
});

describe('the seed', () => {
  const dates = { frameDate: '2026-06-30', fieldFrom: '2026-07-03' };
  const event = (day: string) => ({ kind: 'public-event', event: '福利彩票', day }) as const;
  const own = { kind: 'evaluator', commitment: 'c' } as const;

  it('comes from a plan that fixes it before the frame is frozen', () => {
    const code = (plan: Parameters<typeof requireSeedPlan>[0], hasKey = false) =>
      codeOf(() => requireSeedPlan(plan, dates, hasKey));
    expect(code(null)).toBe('SEED_PLAN_MISSING');
    expect(
      ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-03', '2026-07-04'].map((day) => code(event(day))),
    ).toEqual(['SEED_DAY_INVALID', 'SEED_DAY_INVALID', 'accepted', 'accepted', 'SEED_DAY_INVALID']);
    expect([code(own), code(own, true)]).toEqual(['EVALUATOR_KEY_MISSING', 'accepted']);
  });

  it('of an event is published from its day on, with the source of the plan and no other', () => {
    const at = (day: string) => new Date(`${day}T02:00:00Z`);
    expect(codeOf(() => seedSource(event('2026-07-01'), undefined, at('2026-06-30')))).toBe('SEED_EVENT_NOT_YET');
    expect(seedSource(event('2026-07-01'), undefined, at('2026-07-01'))).toBe('福利彩票 2026-07-01');
    expect(codeOf(() => seedSource(event('2026-07-01'), '掷骰', at('2026-07-01')))).toBe('SEED_SOURCE_FIXED');
    expect(codeOf(() => seedSource(own, undefined, at('2026-07-01')))).toBe('SEED_IS_EVALUATORS');
    expect(seedSource(null, '掷骰', at('2026-07-01'))).toBe('掷骰');
    expect(codeOf(() => seedSource(null, undefined, at('2026-07-01')))).toBe('SEED_SOURCE_MISSING');
  });

  it('of the evaluator is the one that was committed to', () => {
    expect(codeOf(() => requireCommitted(own, 'c'))).toBe('accepted');
    expect(codeOf(() => requireCommitted(own, 'd'))).toBe('SEED_NOT_AS_COMMITTED');
    expect(codeOf(() => requireCommitted(event('2026-07-01'), 'c'))).toBe('SEED_NOT_EVALUATORS');
  });
});

it('a key is registered before the draw, and replaced only while the plan can change', () => {
  const states = ['draft', 'freezing', 'frozen', 'seeded', 'drawn', 'computed'] as const;
  const codes = (hasKey: boolean) => states.map((state) => codeOf(() => requireKeyOpen(state, hasKey)));
  const late = ['EVALUATOR_KEY_TOO_LATE', 'EVALUATOR_KEY_TOO_LATE'];
  expect(codes(false)).toEqual(['accepted', 'accepted', 'accepted', 'accepted', ...late]);
  expect(codes(true)).toEqual(['accepted', ...Array<string>(3).fill('EVALUATOR_KEY_FIXED'), ...late]);
});

it('a sample is open when nothing is outstanding or the field period is over', () => {
  const at = (outstanding: number, day: string) =>
    isSampleOpen({ outstanding, fieldTo: '2026-07-20' }, new Date(`${day}T02:00:00Z`));
  expect([at(0, '2026-07-02'), at(1, '2026-07-02'), at(1, '2026-07-20'), at(1, '2026-07-21')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

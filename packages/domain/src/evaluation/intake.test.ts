import { describe, expect, it } from 'vitest';
import { regionCode } from '../shared/region.ts';
import { businessDay } from '../shared/time.ts';
import type { FrameRow } from './frame.ts';
import { type FiledReturn, judgeReturns, replacementsInTurn } from './intake.ts';
import { demandFrameDay, demandPlan, demandStep, stratumOf } from './plan.ts';
import { evaluateReturns } from './result.ts';
import type { HouseholdReturn } from './return.ts';
import type { SampledVillage } from './sampler.ts';
import { THRESHOLDS } from './thresholds.fixture.ts';

const A = regionCode('211382100200');
const PERIOD = { fieldFrom: '2026-07-01', fieldTo: '2026-07-20' };

/** Two exited households drawn of five, three listed to replace them. */
const VILLAGE: SampledVillage = {
  village: A,
  households: 5,
  chance: { of: 1, in: 1 },
  sample: ['h1', 'h2'].map((householdNumber) => ({ householdNumber, stratum: 'exited', weight: 2.5 })),
  replacements: { 'registered-poor': [], exited: ['h3', 'h4', 'h5'], monitored: [], general: [] },
};

const GROUPS = new Map(['h1', 'h2', 'h3', 'h4', 'h5'].map((number) => [number, 'exited' as const]));

const answer = (householdNumber: string, more: Partial<HouseholdReturn> = {}): HouseholdReturn => ({
  returnId: `${householdNumber}-1`,
  householdNumber,
  enumerator: '甲',
  visitedOn: '2026-07-02',
  outcome: 'interviewed',
  persons: 2,
  perCapitaIncomeFen: 800_000,
  assurances: { food: 'yes', clothing: 'yes', education: 'yes', medical: 'yes', housing: 'yes', water: 'yes' },
  approval: 'approves',
  evidence: [],
  ...more,
});
const refused = (householdNumber: string): HouseholdReturn => ({
  returnId: `${householdNumber}-1`,
  householdNumber,
  enumerator: '甲',
  visitedOn: '2026-07-02',
  outcome: 'refused',
  evidence: [],
});
const filed = (...answers: HouseholdReturn[]): FiledReturn[] =>
  answers.map((each, i) => ({ row: i + 2, answer: each, issues: [] }));
const judge = (answers: HouseholdReturn[], before: HouseholdReturn[] = []) => {
  const { accepted, problems } = judgeReturns(filed(...answers), before, [VILLAGE], PERIOD, GROUPS);
  return [accepted.map((a) => a.answer.returnId), problems.map((p) => p.code)];
};

describe('given returns that come in', () => {
  it('accepts the good ones beside a household that is not in the sample', () => {
    expect(judge([answer('h1'), answer('h9')])).toEqual([['h1-1'], ['RETURN_NOT_IN_SAMPLE']]);
  });

  it('accepts a replacement only in its turn, whatever the order of rows', () => {
    expect(judge([answer('h3'), answer('h1')])).toEqual([['h1-1'], ['RETURN_REPLACEMENT_NOT_DUE']]);
    expect(judge([answer('h3'), refused('h1')])).toEqual([['h3-1', 'h1-1'], []]);
    expect(judge([answer('h4'), refused('h1')])).toEqual([['h1-1'], ['RETURN_REPLACEMENT_NOT_DUE']]);
    expect(judge([answer('h4'), refused('h3'), refused('h1')])).toEqual([['h4-1', 'h3-1', 'h1-1'], []]);
    expect(judge([answer('h3')], [refused('h2')])).toEqual([['h3-1'], []]);
  });

  it('knows a number or a household that comes twice, in the file or before', () => {
    expect(judge([answer('h1'), answer('h1')])).toEqual([['h1-1'], ['RETURN_ID_TWICE']]);
    expect(judge([answer('h1', { returnId: 'x' })], [answer('h1')])).toEqual([[], ['RETURN_HOUSEHOLD_TWICE']]);
  });

  it('accepts a correction of the latest return of the same household alone', () => {
    const second = answer('h1', { returnId: 'h1-2', corrects: 'h1-1' });
    expect(judge([second], [answer('h1')])).toEqual([['h1-2'], []]);
    expect(judge([second])).toEqual([[], ['RETURN_CORRECTS_UNKNOWN']]);
    expect(judge([answer('h2', { corrects: 'h1-1' })], [answer('h1')])).toEqual([
      [],
      ['RETURN_CORRECTS_OTHER_HOUSEHOLD'],
    ]);
    expect(judge([answer('h1', { returnId: 'h1-3', corrects: 'h1-1' })], [answer('h1'), second])).toEqual([
      [],
      ['RETURN_CORRECTED_ALREADY'],
    ]);
  });

  it('gives no replacement when the list is used up', () => {
    const all = new Set(['h1', 'h2', 'h3', 'h4', 'h5']);
    expect([...replacementsInTurn(VILLAGE, all).keys()]).toEqual(['h3', 'h4', 'h5']);
    expect([...replacementsInTurn(VILLAGE, new Set(['h2'])).keys()]).toEqual(['h3']);
  });
});

describe('given the returns of an evaluation', () => {
  const frame: FrameRow[] = ['h1', 'h2', 'h3', 'h4', 'h5'].map((householdNumber) => ({
    householdNumber,
    village: A,
    stratum: 'exited',
    persons: 2,
  }));

  it('counts what stands: a correction instead of the first, a replacement with the weight of the one it replaces', () => {
    const returns = [
      answer('h1', { wronglyExited: 2 }),
      answer('h1', { returnId: 'h1-2', corrects: 'h1-1', wronglyExited: 1 }),
      refused('h2'),
      answer('h3'),
    ];
    const result = evaluateReturns(frame, [VILLAGE], returns, THRESHOLDS);
    expect(result.coverage).toEqual({ sampled: 2, interviewed: 1, replaced: 1, missing: 0 });
    expect(result.returns).toBe(3);
    expect(result.county.wrongExit).toMatchObject({ hits: 1, cases: 4, value: 0.25, weighted: { value: 0.25 } });
    // One village of a township is counted, and nothing is estimated from it.
    expect(result.townships).toMatchObject([
      { code: '211382100000', villages: 1, rates: { wrongExit: { hits: 1, cases: 4, value: null, weighted: null } } },
    ]);
    expect(result.townships[0]).not.toHaveProperty('verdict');
    expect(result.strata[1]?.rates.composite.value).toBeNull();
  });

  it('leaves out a household that was neither met nor replaced, and says so', () => {
    const result = evaluateReturns(frame, [VILLAGE], [answer('h1'), refused('h2')], THRESHOLDS);
    expect(result.coverage).toEqual({ sampled: 2, interviewed: 1, replaced: 0, missing: 1 });
    expect(result.county.wrongExit.cases).toBe(2);
  });
});

describe('the order of an evaluation', () => {
  it('lets each step be taken only after the one before it', () => {
    expect(() => demandStep('draft', 'seed')).toThrow('EVALUATION_NOT_FROZEN');
    expect(() => demandStep('seeded', 'seed')).toThrow('EVALUATION_NOT_FROZEN');
    expect(() => demandStep('frozen', 'draw')).toThrow('EVALUATION_NOT_SEEDED');
    expect(() => demandStep('drawn', 'draw')).toThrow('EVALUATION_NOT_SEEDED');
    expect(() => demandStep('seeded', 'receive')).toThrow('EVALUATION_NOT_DRAWN');
    expect(() => demandStep('frozen', 'revise')).toThrow('EVALUATION_NOT_DRAFT');
    expect(() => demandStep('computed', 'compute')).not.toThrow();
  });

  it('freezes the frame on its own Shanghai day only', () => {
    expect(() => demandFrameDay('2026-06-30', new Date('2026-06-29T16:00:00Z'))).not.toThrow();
    expect(() => demandFrameDay('2026-06-30', new Date('2026-06-30T16:00:00Z'))).toThrow('FRAME_DATE_NOT_TODAY');
  });

  it('demands days in order and puts each status into its stratum', () => {
    const days = { frameDate: businessDay('2026-06-30'), fieldFrom: '2026-06-30', fieldTo: '2026-06-30' };
    expect(() => demandPlan(days)).not.toThrow();
    expect(() => demandPlan({ ...days, fieldTo: '2026-06-29' })).toThrow('EVALUATION_PERIOD_INVALID');
    expect(() => demandPlan({ ...days, fieldTo: '2027-07-01' })).not.toThrow();
    expect(() => demandPlan({ ...days, fieldTo: '2027-07-02' })).toThrow('EVALUATION_PERIOD_TOO_LONG');
    const statuses = ['none', 'registered', 'exited', 'returned'] as const;
    const strata = (monitored: boolean) => statuses.map((status) => stratumOf(status, monitored));
    expect(strata(false)).toEqual(['general', 'registered-poor', 'exited', 'registered-poor']);
    expect(strata(true)).toEqual(['monitored', 'registered-poor', 'monitored', 'registered-poor']);
  });
});

import { describe, expect, it } from 'vitest';
import { clusterInterval, studentFactor, weightedRatio, wilson } from './interval.ts';
import { evaluateRates, type RatePopulation, type RateRow } from './rates.ts';
import { SHIPPED_THRESHOLDS } from './thresholds.ts';
import { type HouseholdReturn, rateRow, returnIssues, standingReturns } from './return.ts';

const row = (more: Partial<RateRow>): RateRow => ({
  village: 'a',
  stratum: 'exited',
  persons: 1,
  weight: 1,
  wronglyExited: 0,
  missed: 0,
  ...more,
});
const many = (count: number, more: Partial<RateRow>) =>
  Array.from({ length: count }, (_, i) => row({ village: `v${i % 4}`, ...more }));
const population: RatePopulation = { registeredPoor: 500, exited: 10_000, notRegistered: 80_000, rural: 100_000 };

describe('the three rates and one degree', () => {
  it('given 1 of 100 wrongly exited, 1 of 200 missed and 18 of 20 approving, then all thresholds are met', () => {
    const rates = evaluateRates(
      [
        ...many(99, {}),
        row({ wronglyExited: 1 }),
        ...many(199, { stratum: 'general' }),
        row({ stratum: 'general', missed: 1 }),
        ...many(18, { stratum: 'monitored', approval: true }),
        ...many(2, { stratum: 'monitored', approval: false }),
      ],
      population,
    );
    expect([rates.wrongExit.value, rates.missed.value, rates.approval.value]).toEqual([0.01, 0.005, 0.9]);
    expect(rates.composite.value).toBeCloseTo((500 + 0.01 * 10_000 + 0.005 * 80_000) / 100_000, 15);
    expect(rates.verdict).toBe('accepted');
  });

  it('given exactly 2 %, then the threshold is not met; approval of exactly 90 % is', () => {
    const rates = evaluateRates(
      [
        ...many(98, {}),
        ...many(2, { wronglyExited: 1 }),
        ...many(10, { stratum: 'general' }),
        ...many(9, { approval: true, persons: 0 }),
        row({ approval: false, persons: 0 }),
      ],
      population,
    );
    expect(rates.wrongExit).toMatchObject({ hits: 2, cases: 100, met: false });
    expect(rates.approval.met).toBe(true);
    expect(rates.verdict).toBe('not-accepted');
  });

  it('given an incidence of exactly 2 %, then it fails, but passes with the western threshold', () => {
    const rows = [...many(10, { approval: true }), ...many(10, { stratum: 'general' })];
    const poor = { ...population, registeredPoor: 2000 };
    expect(evaluateRates(rows, poor).composite).toMatchObject({ value: 0.02, met: false });
    expect(evaluateRates(rows, poor, SHIPPED_THRESHOLDS.west).verdict).toBe('accepted');
    expect(evaluateRates(rows, { ...poor, registeredPoor: 1999 }).composite.met).toBe(true);
  });

  it('given a stratum that was not sampled, then the result is incomplete, unless the county has none of it', () => {
    const rows = many(10, { stratum: 'general', approval: true });
    expect(evaluateRates(rows, population).verdict).toBe('incomplete');
    expect(evaluateRates(rows, { ...population, exited: 0 }).verdict).toBe('accepted');
    expect(evaluateRates([], population)).toMatchObject({ verdict: 'incomplete', composite: { value: null } });
  });

  it('weights by design: equal weights give the plain ratio, unequal ones another', () => {
    const rows = [row({ persons: 4, wronglyExited: 1 }), row({ village: 'b', persons: 4 })];
    expect(evaluateRates(rows, population).wrongExit.weighted?.value).toBe(0.125);
    const [first, second] = rows as [RateRow, RateRow];
    const weighted = evaluateRates([{ ...first, weight: 3 }, second], population).wrongExit;
    expect(weighted.weighted?.value).toBe(0.1875);
    expect(weighted.value).toBe(0.125);
  });

  it('given no finding at all, then the intervals still reach above zero', () => {
    const rates = evaluateRates([...many(50, {}), ...many(50, { stratum: 'general', approval: true })], population);
    expect(rates.wrongExit.weighted?.interval?.high).toBeCloseTo(0.0713, 3);
    expect(rates.composite.weighted?.interval?.high).toBeGreaterThan(0.05);
  });
});

describe('intervals', () => {
  it('Wilson: 5 of 100 is 2.15 % to 11.18 %, 0 of 10 is 0 to 27.8 %', () => {
    expect(wilson(5, 100)?.low).toBeCloseTo(0.0215, 4);
    expect(wilson(5, 100)?.high).toBeCloseTo(0.1118, 4);
    expect(wilson(0, 10)?.high).toBeCloseTo(0.2775, 4);
    expect(wilson(0, 10)?.low).toBe(0);
    expect(wilson(0, 0)).toBeNull();
  });

  it('Taylor: two clusters of 10 with 1 and 3 hits give 0.2 ± 12.706 × 0.1', () => {
    const ratio = weightedRatio([1, 3], [10, 10]);
    expect(ratio?.value).toBe(0.2);
    expect(ratio?.residuals.map((z) => Number(z.toFixed(12)))).toEqual([-0.05, 0.05]);
    expect(clusterInterval(0.2, ratio?.residuals ?? [])).toEqual({ low: 0, high: 1 });
    const four = weightedRatio([2, 3, 2, 3], [100, 100, 100, 100]);
    const interval = clusterInterval(four?.value ?? 0, four?.residuals ?? []);
    expect(interval?.low).toBeCloseTo(0.025 - 3.182 * Math.sqrt((4 / 3) * 4 * 0.00125 ** 2), 6);
    expect(clusterInterval(0.2, [0])).toBeNull();
  });

  it('Student: the expansion joins the table', () => {
    expect(studentFactor(30)).toBe(2.042);
    expect(studentFactor(31)).toBeCloseTo(2.0395, 3);
    expect(studentFactor(1000)).toBeCloseTo(1.9623, 4);
  });
});

describe('a household’s return', () => {
  const answer: HouseholdReturn = {
    returnId: 'r1',
    householdNumber: '100001',
    enumerator: 'e1',
    visitedOn: '2026-07-10',
    outcome: 'interviewed',
    persons: 4,
    perCapitaIncomeFen: 350_000,
    assurances: { food: 'yes', clothing: 'yes', education: 'yes', medical: 'yes', housing: 'no', water: 'unknown' },
    approval: 'approves',
    evidence: [],
  };
  const context = { stratum: 'exited', fieldFrom: '2026-07-01', fieldTo: '2026-07-20' } as const;

  it('is counted when it is whole', () => {
    expect(returnIssues(answer, context)).toEqual([]);
    const sampled = { village: 'v', stratum: 'exited', weight: 2.5 } as const;
    expect(rateRow(answer, sampled)).toEqual({ ...sampled, persons: 4, wronglyExited: 0, missed: 0, approval: true });
    expect(rateRow({ ...answer, approval: 'not-asked' }, sampled)).not.toHaveProperty('approval');
    expect(rateRow({ ...answer, outcome: 'refused' }, sampled)).toBeNull();
  });

  it('needs reason and evidence for a judgement that fits its stratum and its persons', () => {
    expect(returnIssues({ ...answer, wronglyExited: 5 }, context)).toEqual([
      'RETURN_MORE_THAN_PERSONS',
      'RETURN_JUDGEMENT_MISSING',
      'RETURN_EVIDENCE_MISSING',
    ]);
    const judged = { ...answer, wronglyExited: 4, judgement: '住房不安全', evidence: ['hash'] };
    expect(returnIssues(judged, context)).toEqual([]);
    expect(returnIssues(judged, { ...context, stratum: 'general' })).toEqual(['RETURN_WRONG_EXIT_STRATUM']);
    expect(returnIssues({ ...judged, wronglyExited: 0, missed: 4 }, context)).toEqual(['RETURN_MISSED_STRATUM']);
  });

  it('is refused outside the field period, half filled, or filled without an interview', () => {
    const { approval: _approval, ...half } = answer;
    expect(returnIssues({ ...half, visitedOn: '2026-07-21' }, context)).toEqual([
      'RETURN_DATE_OUTSIDE',
      'RETURN_ANSWERS_MISSING',
    ]);
    expect(returnIssues({ ...answer, outcome: 'refused' }, context)).toEqual(['RETURN_ANSWERS_WITHOUT_INTERVIEW']);
    expect(returnIssues({ ...answer, persons: 0, perCapitaIncomeFen: 0.5 }, context)).toEqual([
      'RETURN_PERSONS_INVALID',
      'RETURN_INCOME_INVALID',
    ]);
    expect(returnIssues({ ...answer, corrects: 'r1' }, context)).toEqual(['RETURN_CORRECTS_ITSELF']);
  });

  it('gives way to the return that corrects it', () => {
    const second = { ...answer, returnId: 'r2', corrects: 'r1' };
    expect(standingReturns([answer, second])).toEqual([second]);
  });
});

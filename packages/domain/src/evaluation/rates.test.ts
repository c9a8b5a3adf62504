import { describe, expect, it } from 'vitest';
import { regionCode } from '../shared/region.ts';
import type { RateGroup } from './frame.ts';
import { clusterVariance, exactInterval, shareInterval, weightedRatio } from './interval.ts';
import { evaluateRates, type RatePopulation, type RateRow } from './rates.ts';
import { type HouseholdReturn, rateRow, returnIssues, standingReturns } from './return.ts';
import type { RateThresholds } from './thresholds.ts';
import { THRESHOLDS, WESTERN } from './thresholds.fixture.ts';
import { judgeRates } from './verdict.ts';

const row = (more: Partial<RateRow>): RateRow => ({
  village: 'a',
  certain: false,
  group: 'exited',
  persons: 1,
  personsFound: 1,
  weight: 1,
  wronglyExited: 0,
  missed: 0,
  ...more,
});
const VILLAGES = 100;
const many = (count: number, more: Partial<RateRow>) =>
  Array.from({ length: count }, (_, i) => row({ village: `v${i % VILLAGES}`, ...more }));
const general = { group: 'not-registered' } as const satisfies { group: RateGroup };
const population: RatePopulation = {
  registeredPoor: 500,
  exited: 10_000,
  notRegistered: 80_000,
  unknown: 0,
  rural: 90_500,
};
const judge = (
  rows: readonly RateRow[],
  of: RatePopulation = population,
  thresholds: RateThresholds = THRESHOLDS,
  reached = { sampled: rows.length, interviewed: rows.length, replaced: 0 },
) => judgeRates(evaluateRates(rows, of), of, thresholds, reached);

describe('the three rates and one degree', () => {
  it('given 1 of 100 wrongly exited, 1 of 200 missed and 18 of 20 approving, then these are the official figures', () => {
    const rates = judge([
      ...many(99, {}),
      row({ wronglyExited: 1 }),
      ...many(199, general),
      row({ ...general, missed: 1 }),
      ...many(18, { group: 'registered-poor', approval: true }),
      ...many(2, { group: 'registered-poor', approval: false }),
    ]);
    expect([rates.wrongExit.value, rates.missed.value, rates.approval.value]).toEqual([0.01, 0.005, 0.9]);
    expect([rates.wrongExit.met, rates.missed.met, rates.approval.met, rates.composite.met]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(rates.composite.value).toBeCloseTo((500 + 0.01 * 10_000 + 0.005 * 80_000) / 90_500, 15);
  });

  it('given exactly 2 %, then the threshold is not met; approval of exactly 90 % is', () => {
    const rates = judge([
      ...many(98, {}),
      ...many(2, { wronglyExited: 1 }),
      ...many(10, general),
      ...many(9, { approval: true, persons: 0 }),
      row({ approval: false, persons: 0 }),
    ]);
    expect(rates.wrongExit).toMatchObject({ hits: 2, cases: 100, met: false });
    expect(rates.approval.met).toBe(true);
  });

  it('given an incidence of exactly 2 %, then it fails, but passes with the western threshold', () => {
    const rows = [...many(10, { approval: true }), ...many(10, general)];
    const poor = { ...population, registeredPoor: 1810 };
    expect(judge(rows, poor).composite).toMatchObject({ value: 0.02, met: false });
    expect(judge(rows, poor, WESTERN).composite.met).toBe(true);
    expect(judge(rows, { ...poor, registeredPoor: 1809 }).composite.met).toBe(true);
  });

  it('counts persons registered on the frame’s day, and shows those found', () => {
    const rows = [
      row({ persons: 3, personsFound: 5, wronglyExited: 5 }),
      row({ village: 'b', persons: 4, personsFound: 2, wronglyExited: 2 }),
    ];
    expect(evaluateRates(rows, population).wrongExit).toMatchObject({
      hits: 5,
      cases: 7,
      found: { hits: 7, cases: 7 },
      households: 2,
      caseHouseholds: 2,
    });
  });

  it('weights by design: equal weights give the plain ratio, unequal ones another', () => {
    const rows = [row({ persons: 4, wronglyExited: 1 }), row({ village: 'b', persons: 4 })];
    expect(evaluateRates(rows, population).wrongExit.weighted?.value).toBe(0.125);
    const [first, second] = rows as [RateRow, RateRow];
    const weighted = evaluateRates([{ ...first, weight: 3 }, second], population).wrongExit;
    expect(weighted.weighted?.value).toBe(0.1875);
    expect(weighted.value).toBe(0.125);
  });

  it('given no finding at all, then the intervals reach above zero: 200 households of 100 villages count as 190.5', () => {
    const { wrongExit, composite } = evaluateRates([...many(200, {}), ...many(200, general)], population);
    expect(wrongExit.weighted?.interval?.low).toBe(0);
    expect(wrongExit.weighted?.interval?.high).toBeCloseTo(1 - 0.025 ** (1.05 / 200), 9);
    expect(composite.weighted?.interval?.high).toBeGreaterThan(0.02);
  });
});

describe('the verdict', () => {
  const good = [
    ...many(1000, { approval: true }),
    ...many(998, { ...general, approval: true }),
    ...many(2, { ...general, missed: 1, approval: false }),
  ];

  it('given a sample that shows it, then accepted; without enough of it, then not shown', () => {
    expect(judge(good)).toMatchObject({ verdict: 'accepted', wrongExit: { verdict: 'accepted', reason: null } });
    const unreached = { sampled: 2501, interviewed: 1900, replaced: 100 };
    expect(judge(good, population, THRESHOLDS, unreached)).toMatchObject({
      verdict: 'not-shown',
      wrongExit: { met: true, reason: 'few-interviews' },
    });
    expect(judge(good, population, THRESHOLDS, { ...unreached, sampled: 2500 }).verdict).toBe('accepted');
  });

  it('given two interviews without a finding, then nothing is shown', () => {
    const rates = judge([row({ approval: true }), row({ ...general, village: 'b', approval: true })]);
    expect(rates.verdict).toBe('not-shown');
    expect(rates.missed).toMatchObject({ value: 0, met: true, verdict: 'not-shown', reason: 'few-households' });
    expect(judge([]).verdict).toBe('not-shown');
  });

  it('given one household fewer than the policy asks for, then not shown, however clear the rest', () => {
    const of = (households: number) =>
      judge([...many(households, { wronglyExited: 1, approval: true }), ...many(300, { ...general, approval: true })]);
    const least = THRESHOLDS.minHouseholds;
    expect(of(least).wrongExit).toMatchObject({ verdict: 'not-accepted', reason: null });
    expect(of(least - 1).wrongExit).toMatchObject({ verdict: 'not-shown', reason: 'few-households' });
  });

  it('given an interval that contains the threshold, then not shown, whatever the ratio', () => {
    const rates = judge([...many(99, {}), ...many(1, { wronglyExited: 1 }), ...many(100, general)]);
    expect(rates.wrongExit).toMatchObject({ value: 0.01, met: true, verdict: 'not-shown', reason: 'interval' });
  });

  it('given one figure far above, then not accepted, though another is open', () => {
    const bad = [...many(300, { approval: true }), ...many(30, { wronglyExited: 1 }), ...many(40, general)];
    expect(judge(bad)).toMatchObject({
      verdict: 'not-accepted',
      wrongExit: { verdict: 'not-accepted', met: false },
      missed: { verdict: 'not-shown', reason: 'interval' },
    });
    const against = judge([...good, ...many(800, { group: 'registered-poor', approval: false })]);
    expect(against).toMatchObject({ verdict: 'not-accepted', approval: { verdict: 'not-accepted', met: false } });
  });

  it('given a ratio on one side and the weighted interval on the other, then not shown', () => {
    const rows = [...many(1000, { weight: 100 }), ...many(40, { wronglyExited: 1, weight: 0.01 })];
    expect(judge(rows).wrongExit).toMatchObject({ met: false, verdict: 'not-shown', reason: 'ratio-differs' });
  });

  it('given a county without any exited household, then that rate concerns nobody', () => {
    const none = { ...population, exited: 0, rural: 80_500 };
    const rows = [...many(998, { ...general, approval: true }), ...many(2, { ...general, missed: 1, approval: true })];
    expect(judge(rows, none)).toMatchObject({ verdict: 'accepted', wrongExit: { value: null, verdict: 'accepted' } });
    expect(judge(rows)).toMatchObject({ verdict: 'not-shown', composite: { value: null } });
  });

  it('given monitored households of which the frame does not say which rate covers them, then nothing is shown', () => {
    const rates = judge(good, { ...population, unknown: 12 });
    expect([rates.wrongExit.reason, rates.missed.reason, rates.composite.reason]).toEqual(
      Array.from({ length: 3 }, () => 'status-unknown'),
    );
    expect(rates.approval.verdict).toBe('accepted');
  });
});

describe('intervals', () => {
  it('exact: 5 of 100 is 1.64 % to 11.28 %, 0 of 10 is 0 to 30.85 %, 10 of 10 from 69.15 %', () => {
    expect(exactInterval(0.05, 100).low).toBeCloseTo(0.0164, 4);
    expect(exactInterval(0.05, 100).high).toBeCloseTo(0.1128, 4);
    expect(exactInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.3085, 4) });
    expect(exactInterval(1, 10)).toEqual({ low: expect.closeTo(0.6915, 4), high: 1 });
  });

  it('Taylor: two clusters of 10 with 1 and 3 hits; strata of their own take their difference away', () => {
    const ratio = weightedRatio([1, 3], [10, 10]);
    expect(ratio?.value).toBe(0.2);
    expect(ratio?.residuals.map((z) => Number(z.toFixed(12)))).toEqual([-0.05, 0.05]);
    expect(clusterVariance(ratio?.residuals ?? [], ['all', 'all'])).toBeCloseTo(0.01, 12);
    expect(clusterVariance([-0.05, -0.05, 0.05, 0.05], ['a', 'a', 'b', 'b'])).toBe(0);
    expect(weightedRatio([1], [0])).toBeNull();
  });

  it('there is none with one village, and none narrower than the interviews allow', () => {
    const counted = { households: 60, caseHouseholds: 6, villages: 10, freedom: 9, worth: 60, sizeOfFew: 60 };
    const sample = { value: 0.1, variance: 1e-9, ...counted };
    expect(shareInterval({ ...sample, villages: 1, freedom: 0 })).toBeNull();
    expect(shareInterval(sample)).toEqual(exactInterval(0.1, 60));
    expect(shareInterval({ ...sample, variance: 0 })).toEqual(exactInterval(0.1, 60));
    expect(shareInterval({ ...sample, worth: 40 })).toEqual(exactInterval(0.1, 40));
    expect(shareInterval({ ...sample, caseHouseholds: 2 })).toEqual(exactInterval(0.1, 60 / 1.25));
    expect(shareInterval({ ...sample, caseHouseholds: 58 })).toEqual(exactInterval(0.1, 60 / 1.25));
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
  const context = { group: 'exited', fieldFrom: '2026-07-01', fieldTo: '2026-07-20' } as const;

  it('is counted when it is whole', () => {
    expect(returnIssues(answer, context)).toEqual([]);
    const household = {
      householdNumber: '100001',
      village: regionCode('211382100200'),
      stratum: 'monitored',
      status: 'exited',
      persons: 3,
    } as const;
    const sampled = { village: 'v', certain: false, weight: 2.5, household } as const;
    const counted = { village: 'v', certain: false, weight: 2.5, group: 'exited', persons: 3, personsFound: 4 };
    expect(rateRow(answer, sampled)).toEqual({ ...counted, wronglyExited: 0, missed: 0, approval: true });
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
    expect(returnIssues(judged, { ...context, group: 'not-registered' })).toEqual(['RETURN_WRONG_EXIT_STRATUM']);
    expect(returnIssues({ ...judged, wronglyExited: 0, missed: 4 }, context)).toEqual(['RETURN_MISSED_STRATUM']);
  });

  it.each([
    ['exited', 'wronglyExited', 'missed', 'RETURN_MISSED_STRATUM'],
    ['not-registered', 'missed', 'wronglyExited', 'RETURN_WRONG_EXIT_STRATUM'],
  ] as const)(
    'given a household counted among the %s, then it can be judged %s and not %s',
    (group, may, mayNot, code) => {
      const judged = { ...answer, judgement: '住房不安全', evidence: ['hash'] };
      expect(returnIssues({ ...judged, [may]: 1 }, { ...context, group })).toEqual([]);
      expect(returnIssues({ ...judged, [mayNot]: 1 }, { ...context, group })).toEqual([code]);
      // Frames of the first format do not say which; one finding of either kind is taken.
      expect(returnIssues({ ...judged, [may]: 1 }, { ...context, group: null })).toEqual([]);
      expect(returnIssues({ ...judged, [may]: 1, [mayNot]: 1 }, { ...context, group: null })).toHaveLength(1);
    },
  );

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

import { describe, expect, it } from 'vitest';
import { betaCumulative, betaQuantile, studentFactor } from './beta.ts';
import vectors from './fixtures/survey-vectors.json' with { type: 'json' };
import type { RateGroup } from './frame.ts';
import type { Estimate } from './interval.ts';
import { evaluateRates, type RateRow } from './rates.ts';

/** One row of the vectors: village, certain, group, persons, weight, hits, approval. */
type Row = (string | number | boolean)[];

const rowOf = ([village, certain, group, persons, weight, hits, approval]: Row): RateRow => ({
  village: String(village),
  certain: certain === true,
  group: group as RateGroup,
  persons: Number(persons),
  personsFound: Number(persons),
  weight: Number(weight),
  wronglyExited: group === 'exited' ? Number(hits) : 0,
  missed: group === 'exited' ? 0 : Number(hits),
  approval: approval === true,
});
const population = { ...vectors.population, unknown: 0 };

const DIGITS = 6;
function expectAlike(ours: Estimate | null, theirs: { value: number; low: number; high: number }) {
  expect(ours?.value).toBeCloseTo(theirs.value, DIGITS);
  expect(ours?.interval?.low).toBeCloseTo(theirs.low, DIGITS);
  expect(ours?.interval?.high).toBeCloseTo(theirs.high, DIGITS);
}

describe(`estimates as ${vectors.madeBy} gives them`, () => {
  it.each(vectors.sets)('$name', ({ rows, expected }) => {
    const { wrongExit, missed, approval, composite } = evaluateRates((rows as Row[]).map(rowOf), population);
    expectAlike(wrongExit.weighted, expected.wrongExit);
    expectAlike(missed.weighted, expected.missed);
    expectAlike(approval.weighted, expected.approval);
    expectAlike(composite.weighted, expected.composite);
  });

  it('shares of households have the interval of svyciprop itself', () => {
    const { rows, expected } = vectors.svyciprop;
    expectAlike(evaluateRates((rows as Row[]).map(rowOf), population).missed.weighted, expected);
  });
});

describe('the distributions', () => {
  it.each(vectors.qbeta)('the %s quantile of beta %s, %s is %s', (p, a, b, x) => {
    expect((betaQuantile(p ?? 0, a ?? 0, b ?? 0) - (x ?? 0)) / (x ?? 1)).toBeCloseTo(0, 9);
    expect(betaCumulative(x ?? 0, a ?? 0, b ?? 0)).toBeCloseTo(p ?? 0, 9);
  });

  it.each(vectors.qt975)('t with %s degrees of freedom leaves 2.5 %% above %s', (freedom, t) => {
    expect(studentFactor(freedom ?? 0)).toBeCloseTo(t ?? 0, 6);
  });

  it('hold at the ends', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaCumulative(0, 2, 3), betaCumulative(1, 2, 3)]).toEqual([
      0, 1, 0, 1,
    ]);
  });
});

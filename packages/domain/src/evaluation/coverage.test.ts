import { describe, expect, it } from 'vitest';
import { countyOf, populationOf, randomOf, surveyOf } from './county.fixture.ts';
import type { Estimate } from './interval.ts';
import { chancesOf, designPower } from './power.ts';
import { evaluateRates } from './rates.ts';
import { THRESHOLDS } from './thresholds.fixture.ts';
import { judgeRates } from './verdict.ts';

const COUNTY = countyOf(1);
const POPULATION = populationOf(COUNTY);

/** Villages, then households of those exited and of those not registered in each. */
const DESIGNS = {
  'first release': [10, 3, 4],
  default: [30, 15, 15],
  '20 × 10': [20, 10, 10],
  '30 × 10': [30, 10, 10],
};
const ALIKE = [0, 0.05, 0.1];
const RATES = [0.002, 0.01, 0.02, 0.05];
/** Two thousand draws of every cell are in docs/reference/rates.md; so many here keep the test short. */
const DRAWS = 120;

const designOf = ([villages, exited, general]: readonly number[]) => ({
  villages: villages ?? 0,
  take: { 'registered-poor': 0, exited: exited ?? 0, monitored: 0, general: general ?? 0 },
  replacements: 0,
});
const covers = (estimate: Estimate | null, truth: number) =>
  estimate?.interval && estimate.interval.low <= truth && truth <= estimate.interval.high ? 1 : 0;
/** Three standard errors of a share found in so many draws. */
const noise = (share: number, draws: number) => 3 * Math.sqrt((share * (1 - share)) / draws);

/** How often the intervals of many evaluations of one county hold its true figures. */
function coverageOf(design: ReturnType<typeof designOf>, rate: number, alike: number) {
  const random = randomOf(design.villages * 100_003 + Math.round(rate * 1e5) * 101 + alike * 1000 + design.take.exited);
  const truth = {
    wrongExit: rate,
    missed: rate,
    composite: (POPULATION.registeredPoor + rate * (POPULATION.exited + POPULATION.notRegistered)) / POPULATION.rural,
  };
  const held = { wrongExit: 0, missed: 0, composite: 0 };
  for (let i = 0; i < DRAWS; i++) {
    const figures = evaluateRates(
      surveyOf(COUNTY, design, { exited: rate, general: rate, approval: 0.9 }, alike, random),
      POPULATION,
    );
    held.wrongExit += covers(figures.wrongExit.weighted, truth.wrongExit);
    held.missed += covers(figures.missed.weighted, truth.missed);
    held.composite += covers(figures.composite.weighted, truth.composite);
  }
  return held;
}

describe.each(Object.entries(DESIGNS))('coverage of the 95 %% intervals, %s', (_name, sizes) => {
  const design = designOf(sizes);
  it.each(ALIKE)('households of a village correlating by %s, true rates of 0.2 to 5 per cent', (alike) => {
    const pooled = { held: 0, draws: 0 };
    for (const rate of RATES) {
      const held = coverageOf(design, rate, alike);
      const wrongExit = design.villages * design.take.exited * rate;
      const missed = design.villages * design.take.general * rate;
      for (const [key, cases] of Object.entries({ wrongExit, missed, composite: wrongExit + missed })) {
        const share = held[key as keyof typeof held] / DRAWS;
        const least = cases >= 3 ? 0.93 : 0.95;
        const cell = `${key} at ${rate}: ${share}`;
        expect([cell, share >= least - noise(least, DRAWS)]).toEqual([cell, true]);
        if (cases >= 3) expect([cell, share <= 0.995 + noise(0.995, DRAWS)]).toEqual([cell, true]);
        pooled.held += held[key as keyof typeof held];
        pooled.draws += DRAWS;
      }
    }
    expect(pooled.held / pooled.draws).toBeGreaterThan(0.95);
  });
});

describe('what a design can show', () => {
  // A power to accept, to reject and the pass of the plain ratio, each against simulated evaluations.
  it.each([
    [[30, 15, 15], 0.005],
    [[30, 15, 15], 0.03],
    [[100, 20, 20], 0.04],
    [[10, 3, 4], 0.03],
    [[40, 20, 20], 0.002],
  ] as const)('%s villages and households, a true rate of %s', (sizes, rate) => {
    const design = designOf(sizes);
    const chances = chancesOf({ villages: design.villages, perVillage: design.take.exited }, 0.02, rate);
    const random = randomOf(77);
    const draws = 120;
    const found = { passes: 0, accepted: 0, notAccepted: 0 };
    for (let i = 0; i < draws; i++) {
      const rows = surveyOf(COUNTY, design, { exited: rate, general: 0.01, approval: 0.9 }, 0.05, random);
      const reached = { sampled: rows.length, interviewed: rows.length, replaced: 0 };
      const { wrongExit } = judgeRates(evaluateRates(rows, POPULATION), POPULATION, THRESHOLDS, reached);
      if (wrongExit.met) found.passes += 1;
      if (wrongExit.verdict === 'accepted') found.accepted += 1;
      if (wrongExit.verdict === 'not-accepted') found.notAccepted += 1;
    }
    for (const key of ['passes', 'accepted', 'notAccepted'] as const) {
      expect([key, Math.abs(found[key] / draws - chances[key]), chances[key]]).toEqual([
        key,
        expect.toSatisfy((it: number) => it < 0.12),
        chances[key],
      ]);
    }
  });

  it('says that the design of the first release passes a true 3 % in four draws of ten, and what sample it would take', () => {
    const first = { villages: 10, take: { 'registered-poor': 3, exited: 3, monitored: 3, general: 4 } };
    const power = designPower(first, THRESHOLDS);
    const [low, high] = power.filter(({ rate }) => rate === 'wrongExit');
    expect([low?.truth, high?.truth]).toEqual([0.005, 0.03]);
    expect(high?.chances.passes).toBeCloseTo(0.42, 2);
    expect(low?.chances.accepted).toBe(0);
    expect(high?.needed).toBeNull();
    // The named sample does show it, and one village less does not.
    const needed = low?.needed ?? { villages: 0, perVillage: 0 };
    expect(chancesOf(needed, 0.02, 0.005).accepted).toBeGreaterThanOrEqual(0.9);
    expect(chancesOf({ ...needed, villages: needed.villages - 1 }, 0.02, 0.005).accepted).toBeLessThan(0.9);
    const approval = power.find(({ rate, truth }) => rate === 'approval' && truth < 0.9);
    expect(approval?.truth).toBeCloseTo(0.85, 12);
    expect(approval?.needed?.perVillage).toBe(13);
  });

  it('shows nothing of a design without villages, without households or with a limit of nothing', () => {
    const nothing = { passes: 0, accepted: 0, notAccepted: 0 };
    expect(chancesOf({ villages: 1, perVillage: 10 }, 0.02, 0.03)).toEqual(nothing);
    const take = { 'registered-poor': 0, exited: 0, monitored: 0, general: 4 };
    expect(designPower({ villages: 10, take }, { ...THRESHOLDS, missedBp: 0 }).slice(0, 4)).toMatchObject(
      Array.from({ length: 4 }, () => ({ chances: nothing, needed: null })),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { agreements, cohensKappa, comparedItems, type ItemPair } from './discrepancy.ts';
import type { HouseholdReturn } from './return.ts';

/** A table of counts, one judge's categories down, the other's across, as pairs. */
const pairsOf = (table: readonly (readonly number[])[]) =>
  table.flatMap((row, a) => row.flatMap((count, b) => Array.from({ length: count }, () => [a, b] as const)));

describe('Cohen’s kappa', () => {
  it('is the one of worked tables', () => {
    // 20 + 15 of 50 agree, 0.5 by chance: (0.7 - 0.5) / 0.5.
    expect(
      cohensKappa(
        pairsOf([
          [20, 5],
          [10, 15],
        ]),
      ),
    ).toBeCloseTo(0.4, 12);
    // 70 of 100 agree, 0.5 × 0.6 + 0.3 × 0.3 + 0.2 × 0.1 = 0.41 by chance: 0.29 / 0.59.
    expect(
      cohensKappa(
        pairsOf([
          [44, 5, 1],
          [7, 20, 3],
          [9, 5, 6],
        ]),
      ),
    ).toBeCloseTo(0.29 / 0.59, 12);
    // The same agreement with other margins (45 and 25 on the diagonal of 100).
    expect(
      cohensKappa(
        pairsOf([
          [45, 15],
          [25, 15],
        ]),
      ),
    ).toBeCloseTo(0.1304, 4);
    expect(
      cohensKappa(
        pairsOf([
          [25, 35],
          [5, 35],
        ]),
      ),
    ).toBeCloseTo(0.2593, 4);
  });

  it('is 1 for full agreement, below 0 for disagreement, unknown without variety', () => {
    expect(
      cohensKappa(
        pairsOf([
          [3, 0],
          [0, 4],
        ]),
      ),
    ).toBe(1);
    expect(
      cohensKappa(
        pairsOf([
          [0, 3],
          [3, 0],
        ]),
      ),
    ).toBe(-1);
    expect(cohensKappa(pairsOf([[5]]))).toBeNull();
    expect(cohensKappa([])).toBeNull();
  });
});

describe('a return against the register', () => {
  const answer: HouseholdReturn = {
    returnId: '1-1',
    householdNumber: '1',
    enumerator: '甲',
    visitedOn: '2026-07-02',
    outcome: 'interviewed',
    persons: 3,
    perCapitaIncomeFen: 700_000,
    evidence: [],
  };
  const register = { stratum: 'exited', persons: 4, perCapitaIncomeFen: 690_000 } as const;
  const poorOf = (given: Partial<HouseholdReturn>, stratum: 'exited' | 'registered-poor' | 'general') =>
    comparedItems({ ...answer, ...given }, { ...register, stratum }).find(({ item }) => item === 'poor');

  it('gives each item that both speak of', () => {
    expect(comparedItems(answer, register)).toEqual([
      { item: 'persons', registered: 4, found: 3 },
      { item: 'income', registered: 690_000, found: 700_000 },
      { item: 'poor', registered: 0, found: 0 },
    ]);
    const unknown = comparedItems(answer, { ...register, perCapitaIncomeFen: null });
    expect(unknown.map(({ item }) => item)).toEqual(['persons', 'poor']);
    expect(comparedItems({ ...answer, outcome: 'refused' }, register)).toEqual([]);
  });

  it('takes the enumerator’s word whether the household is poor, else what was judged', () => {
    expect(poorOf({ poor: 'yes' }, 'exited')).toMatchObject({ registered: 0, found: 1 });
    expect(poorOf({ poor: 'no' }, 'registered-poor')).toMatchObject({ registered: 1, found: 0 });
    expect(poorOf({ poor: 'unknown' }, 'exited')).toBeUndefined();
    expect(poorOf({ wronglyExited: 2 }, 'exited')).toMatchObject({ found: 1 });
    expect(poorOf({ missed: 1 }, 'general')).toMatchObject({ found: 1 });
    expect(poorOf({}, 'registered-poor')).toBeUndefined();
  });

  it('counts differences exactly and compares incomes by bands', () => {
    const pairs: ItemPair[] = [
      { item: 'income', registered: 690_000, found: 700_000 },
      { item: 'income', registered: 390_000, found: 390_000 },
    ];
    expect(agreements(pairs)).toEqual([
      { item: 'persons', compared: 0, different: 0, kappa: null },
      { item: 'income', compared: 2, different: 1, kappa: 1 },
      { item: 'poor', compared: 0, different: 0, kappa: null },
    ]);
  });
});

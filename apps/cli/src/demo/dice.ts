import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Values with how often each is drawn, summed up. */
export interface Weights<T> {
  readonly values: readonly T[];
  readonly sums: readonly number[];
}

/** Reads value → weight pairs; the weights need not sum to anything. */
export function weights<const T>(...pairs: readonly (readonly [T, number])[]): Weights<T> {
  let sum = 0;
  const sums = pairs.map(([, weight]) => {
    sum += weight;
    return sum;
  });
  return { values: pairs.map(([value]) => value), sums };
}

/** Chance that can be drawn again: the same seed, the same draws. */
export interface Dice {
  /** A whole number, both ends included. */
  readonly int: (from: number, to: number) => number;
  /** From 0 (included) to 1 (excluded). */
  readonly share: () => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly draw: <T>(table: Weights<T>) => T;
}

/** Dice thrown from a 32-bit seed. */
export function dice(seed: number): Dice {
  const rng = xoroshiro128plus(seed);
  const int = (from: number, to: number) => uniformInt(rng, from, to);
  const share = () => uniformFloat32(rng);
  return {
    int,
    share,
    chance: (probability) => share() < probability,
    pick: <T>(list: readonly T[]) => list[int(0, list.length - 1)] as T,
    draw: <T>({ values, sums }: Weights<T>) => {
      const mark = share() * (sums.at(-1) ?? 0);
      return values[sums.findIndex((sum) => mark < sum)] as T;
    },
  };
}

/**
 * Shares a total out by weight in whole numbers: largest remainder, ties to the earlier.
 */
export function shareOut(total: number, by: readonly number[]): number[] {
  const sum = by.reduce((all, each) => all + each, 0);
  const exact = by.map((each) => (total * each) / sum);
  const given = exact.map(Math.floor);
  const order = exact
    .map((each, i) => [each - Math.floor(each), i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let left = total - given.reduce((all, each) => all + each, 0);
  for (const [, i] of order) {
    if (left === 0) break;
    given[i] = (given[i] ?? 0) + 1;
    left -= 1;
  }
  return given;
}

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { regionCode } from '../shared/region.ts';
import type { RatePopulation, RateRow } from './rates.ts';
import { drawVillages, type SampleDesign } from './sampler.ts';

/** Random numbers of a seed: shares 0 … 1, and hashes for the drawing of villages. */
export function randomOf(seed: number) {
  const source = xoroshiro128plus(seed);
  // Small seeds begin alike.
  for (let i = 0; i < 64; i++) source.next();
  const share = () => (source.next() >>> 0) / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
  /** Marsaglia and Tsang; a shape below 1 is lifted by a power. */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - share()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const z = normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - share()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const beta = (a: number, b: number) => {
    const g = gamma(a);
    return g / (g + gamma(b));
  };
  return { share, beta, sha256: () => Uint8Array.from({ length: 32 }, () => share() * 256) };
}
export type Random = ReturnType<typeof randomOf>;

const VILLAGES = 120;

/** A county of 120 villages: households by group in each. Exited ones are 5-40 % of a village, others mostly general. */
export function countyOf(seed: number) {
  const { share } = randomOf(seed);
  const villages = Array.from({ length: VILLAGES }, (_, i) => {
    const size = 60 + Math.floor(share() * 340);
    const exited = Math.max(4, Math.round(size * (0.05 + 0.35 * share())));
    const village = regionCode(`2113821${String(Math.floor(i / 10)).padStart(2, '0')}${200 + (i % 10)}`);
    return { village, size, exited, general: size - exited - 1 };
  });
  return villages;
}
export type County = ReturnType<typeof countyOf>;

const MEAN_PERSONS = 3;

export function populationOf(county: County): RatePopulation {
  const persons = (of: (village: County[number]) => number) =>
    MEAN_PERSONS * county.reduce((sum, village) => sum + of(village), 0);
  return {
    registeredPoor: persons(() => 1),
    exited: persons((v) => v.exited),
    notRegistered: persons((v) => v.general),
    unknown: 0,
    rural: persons((v) => v.size),
  };
}

/** Persons of a household: 1 to 5, three on average. */
const SIZES = [1, 2, 3, 4, 5] as const;

/**
 * One evaluation of the county: villages drawn as the platform draws them, households judged as a whole. A village's own
 * rates are beta variables around the county's, so that two households of a village correlate by `alike`.
 */
export function surveyOf(
  county: County,
  design: SampleDesign,
  rates: { readonly exited: number; readonly general: number; readonly approval: number },
  alike: number,
  random: Random,
): RateRow[] {
  const sizes = county.map(({ village, size }) => ({ village, size }));
  const drawn = drawVillages(sizes, design.villages, 'a seed of twenty signs', random.sha256);
  const local = (rate: number) =>
    alike === 0 ? rate : random.beta((rate * (1 - alike)) / alike, ((1 - rate) * (1 - alike)) / alike);
  const byCode = new Map(county.map((each) => [each.village, each]));
  return drawn.flatMap(({ village, chance }) => {
    const own = byCode.get(village);
    if (!own) throw new Error(village);
    const approval = local(rates.approval);
    return (['exited', 'general'] as const).flatMap((stratum) => {
      const take = Math.min(design.take[stratum], own[stratum]);
      const weight = (chance.in * own[stratum]) / (chance.of * take);
      const rate = local(rates[stratum]);
      return Array.from({ length: take }, (): RateRow => {
        const persons = SIZES[Math.floor(random.share() * SIZES.length)] ?? 1;
        const hits = random.share() < rate ? persons : 0;
        return {
          village,
          certain: chance.of === chance.in,
          group: stratum === 'exited' ? 'exited' : 'not-registered',
          persons,
          personsFound: persons,
          weight,
          wronglyExited: stratum === 'exited' ? hits : 0,
          missed: stratum === 'general' ? hits : 0,
          approval: random.share() < approval,
        };
      });
    });
  });
}

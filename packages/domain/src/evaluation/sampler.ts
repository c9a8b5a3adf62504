import { demand } from '../shared/errors.ts';
import type { RegionCode } from '../shared/region.ts';
import { byText, type Frame, type FrameRow, STRATA, type Stratum } from './frame.ts';
import { drawer, pick, type Sha256 } from './random.ts';

/** How a sample is drawn; published with the seed. `take` is households per stratum in each drawn village. */
export interface SampleDesign {
  readonly villages: number;
  readonly take: Readonly<Record<Stratum, number>>;
  /** Replacements listed for each stratum of each village. */
  readonly replacements: number;
}

export interface SampledHousehold {
  readonly householdNumber: string;
  readonly stratum: Stratum;
  /** Reciprocal of the chance to be drawn: how many households of its stratum it stands for. */
  readonly weight: number;
}

export interface SampledVillage {
  readonly village: RegionCode;
  readonly households: number;
  /** Chance to be drawn as a fraction of whole numbers, exact. */
  readonly chance: { readonly of: number; readonly in: number };
  /** In the order drawn, stratum by stratum. */
  readonly sample: readonly SampledHousehold[];
  /** Per stratum, in the order in which they are used. */
  readonly replacements: Readonly<Record<Stratum, readonly string[]>>;
}

interface VillageSize {
  readonly village: RegionCode;
  readonly size: number;
}

/**
 * Draws villages with probability proportional to their number of households (docs/reference/sampling.md §3):
 * villages so large that they would be drawn for certain are taken first, then systematically from one random start
 * over the rest, by code. Each village comes at most once; its chance is exact.
 */
export function drawVillages(
  sizes: readonly VillageSize[],
  count: number,
  seed: string,
  sha256: Sha256,
): { village: RegionCode; size: number; chance: { of: number; in: number } }[] {
  demand(Number.isSafeInteger(count) && count >= 1 && count <= sizes.length, 'SAMPLE_VILLAGES_INVALID', {
    count,
    villages: sizes.length,
  });
  let rest = sizes.toSorted((a, b) => byText(a.village, b.village));
  let left = count;
  const certain: VillageSize[] = [];
  for (;;) {
    const total = rest.reduce((sum, v) => sum + v.size, 0);
    const large = rest.filter((v) => v.size * left >= total);
    if (left === 0 || large.length === 0) break;
    certain.push(...large);
    rest = rest.filter((v) => v.size * left < total);
    left -= large.length;
  }
  const drawn = certain.map((v) => ({ ...v, chance: { of: 1, in: 1 } }));
  if (left > 0) {
    const total = rest.reduce((sum, v) => sum + v.size, 0);
    let point = drawer(seed, 'villages', sha256)(total);
    let reached = 0;
    for (const v of rest) {
      reached += v.size * left;
      if (point >= reached) continue;
      drawn.push({ ...v, chance: { of: v.size * left, in: total } });
      point += total;
    }
  }
  return drawn.sort((a, b) => byText(a.village, b.village));
}

/**
 * Draws the sample of an evaluation from its frozen frame and published seed (docs/reference/sampling.md): villages
 * first, then households of each stratum within each village with equal chances, followed by the replacement list.
 * The same frame, design and seed always give the same sample.
 * @throws DomainError SEED_INVALID, SAMPLE_VILLAGES_INVALID, SAMPLE_TAKE_INVALID.
 */
export function drawSample(frame: Frame, design: SampleDesign, seed: string, sha256: Sha256): SampledVillage[] {
  const takes = [...STRATA.map((s) => design.take[s]), design.replacements];
  demand(takes.every((n) => Number.isSafeInteger(n) && n >= 0) && takes.some((n) => n > 0), 'SAMPLE_TAKE_INVALID');
  const byVillage = new Map<RegionCode, FrameRow[]>();
  for (const row of frame.rows) {
    const rows = byVillage.get(row.village) ?? [];
    rows.push(row);
    byVillage.set(row.village, rows);
  }
  const sizes = [...byVillage].map(([village, rows]) => ({ village, size: rows.length }));
  return drawVillages(sizes, design.villages, seed, sha256).map(({ village, size, chance }) => {
    const rows = byVillage.get(village) ?? [];
    const sample: SampledHousehold[] = [];
    const drawn = STRATA.map((stratum) => {
      const listed = rows.filter((r) => r.stratum === stratum).map((r) => r.householdNumber);
      const take = Math.min(design.take[stratum], listed.length);
      const order = pick(
        listed,
        take === 0 ? 0 : take + design.replacements,
        drawer(seed, `${village}/${stratum}`, sha256),
      );
      const weight = (chance.in * listed.length) / (chance.of * take);
      for (const householdNumber of order.slice(0, take)) sample.push({ householdNumber, stratum, weight });
      return [stratum, order.slice(take)] as const;
    });
    const replacements = Object.fromEntries(drawn) as Record<Stratum, string[]>;
    return { village, households: size, chance, sample, replacements };
  });
}

/** Why a drawn household may be replaced. */
export type ReplacementReason = 'moved-away' | 'nobody-home-three-times' | 'refused' | 'not-found';

/**
 * The next household of the stratum's replacement list; it takes over the weight of the one it replaces. The list is
 * used strictly in its order.
 * @throws DomainError REPLACEMENTS_USED_UP, REPLACEMENT_VILLAGE (the household is not in this village's sample).
 */
export function nextReplacement(
  village: SampledVillage,
  householdNumber: string,
  used: ReadonlySet<string>,
): SampledHousehold {
  const stratumOf = (s: Stratum) => village.replacements[s].includes(householdNumber) && used.has(householdNumber);
  const stratum =
    village.sample.find((h) => h.householdNumber === householdNumber)?.stratum ?? STRATA.find((s) => stratumOf(s));
  demand(stratum, 'REPLACEMENT_VILLAGE', { household: householdNumber });
  const next = village.replacements[stratum].find((number) => !used.has(number));
  demand(next !== undefined, 'REPLACEMENTS_USED_UP', { household: householdNumber });
  const weight = village.sample.find((h) => h.stratum === stratum)?.weight ?? 0;
  return { householdNumber: next, stratum, weight };
}

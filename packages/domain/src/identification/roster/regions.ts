import { comparableName, type RegionCode, type RegionLevel, scopePrefix } from '../../shared/region.ts';
import { nameKey } from '../../shared/normalise.ts';

/** A row of the region table. */
export interface RegionRow {
  readonly code: RegionCode;
  readonly level: RegionLevel;
  readonly name: string;
}

/** Names under one division: in full and as they compare. null = shared by several, so it must be written in full. */
interface Names {
  readonly full: Map<string, RegionCode | null>;
  readonly short: Map<string, RegionCode | null>;
}

/** Finds the divisions a roster names under its county. Texts are given normalised. */
export interface RegionIndex {
  readonly county: RegionCode;
  readonly isCounty: (name: string) => boolean;
  /** @returns null when the county has no such township, or several. */
  readonly township: (name: string) => RegionCode | null;
  /** @returns null when the township has no such village, or several that compare alike. */
  readonly village: (township: RegionCode, name: string) => RegionCode | null;
}

function emptyNames(): Names {
  return { full: new Map(), short: new Map() };
}

function add(names: Names, region: RegionRow): void {
  const full = nameKey(region.name);
  const short = comparableName(full);
  names.full.set(full, names.full.has(full) ? null : region.code);
  names.short.set(short, names.short.has(short) ? null : region.code);
}

function find(names: Names | undefined, name: string): RegionCode | null {
  if (!names) return null;
  const key = nameKey(name);
  const full = names.full.get(key);
  return full !== undefined ? full : (names.short.get(comparableName(key)) ?? null);
}

/**
 * Indexes the region table for one county (formats, "Regions").
 * @throws RangeError when the table does not hold the county.
 */
export function regionIndex(regions: Iterable<RegionRow>, county: RegionCode): RegionIndex {
  const scope = scopePrefix(county);
  const townships = emptyNames();
  const villages = new Map<string, Names>();
  let own: string | undefined;
  for (const region of regions) {
    if (region.code === county) own = comparableName(nameKey(region.name));
    else if (!region.code.startsWith(scope)) continue;
    else if (region.level === 'township') add(townships, region);
    else if (region.level === 'village') {
      const township = region.code.slice(0, 9);
      const names = villages.get(township) ?? emptyNames();
      villages.set(township, names);
      add(names, region);
    }
  }
  if (own === undefined) throw new RangeError(`not in the region table: ${county}`);
  return {
    county,
    isCounty: (name) => comparableName(nameKey(name)) === own,
    township: (name) => find(townships, name),
    village: (township, name) => find(villages.get(township.slice(0, 9)), name),
  };
}

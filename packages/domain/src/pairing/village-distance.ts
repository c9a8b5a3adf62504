import type { RegionCode } from '../shared/region.ts';

/** Where a village lies, as the county's table of divisions says it: WGS 84 degrees, and the villages beside it. */
export interface VillagePlace {
  readonly position?: { readonly longitude: number; readonly latitude: number };
  readonly neighbours?: readonly RegionCode[];
}
export type VillagePlaces = ReadonlyMap<RegionCode, VillagePlace>;

/** Whole steps from one village to another. */
export type VillageDistance = (a: RegionCode, b: RegionCode) => number;

/** No two villages are further apart for the plan. */
export const MOST_STEPS = 30;
/** A step of the way between positions; neighbouring villages are commonly so far apart. */
const STEP_KM = 3;
/** Where the table says nothing of a village: it lies in the same township, in the same county, or elsewhere. */
const IN_TOWNSHIP = 3;
const IN_COUNTY = 8;

const EARTH_KM = 6371;

/** Kilometres between two positions on the globe. */
export function kilometres(a: NonNullable<VillagePlace['position']>, b: NonNullable<VillagePlace['position']>): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLatitude = radians(b.latitude - a.latitude);
  const dLongitude = radians(b.longitude - a.longitude);
  const chord =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** How many borders lie between a village and each other one that can be reached over neighbours. */
function bordersFrom(
  start: RegionCode,
  beside: ReadonlyMap<RegionCode, ReadonlySet<RegionCode>>,
): Map<RegionCode, number> {
  const borders = new Map([[start, 0]]);
  let edge: RegionCode[] = [start];
  for (let steps = 1; edge.length > 0 && steps <= MOST_STEPS; steps++) {
    const next: RegionCode[] = [];
    for (const village of edge) {
      for (const other of beside.get(village) ?? []) {
        if (borders.has(other)) continue;
        borders.set(other, steps);
        next.push(other);
      }
    }
    edge = next;
  }
  return borders;
}

/** Neighbours of both sides: who is beside a village has it beside itself. */
function besideOf(places: VillagePlaces): Map<RegionCode, Set<RegionCode>> {
  const beside = new Map<RegionCode, Set<RegionCode>>();
  const add = (a: RegionCode, b: RegionCode) => beside.set(a, (beside.get(a) ?? new Set<RegionCode>()).add(b));
  for (const [village, { neighbours = [] }] of places) {
    for (const other of neighbours) {
      if (other === village) continue;
      add(village, other);
      add(other, village);
    }
  }
  return beside;
}

/**
 * How far villages lie apart: 0 the same, else the borders between them where both have neighbours in the table, else
 * the way between their positions. Where the table says neither, what is known is that they share a township or a
 * county; their codes' numbers say nothing of where they lie.
 */
export function villageDistance(places: VillagePlaces = new Map()): VillageDistance {
  const beside = besideOf(places);
  const known = new Map<RegionCode, Map<RegionCode, number>>();
  const borders = (a: RegionCode, b: RegionCode) => {
    if (!beside.has(a) || !beside.has(b)) return undefined;
    const from = known.get(a) ?? bordersFrom(a, beside);
    known.set(a, from);
    return from.get(b);
  };
  return (a, b) => {
    if (a === b) return 0;
    const crossed = borders(a, b);
    if (crossed !== undefined) return Math.min(crossed, MOST_STEPS);
    const [from, to] = [places.get(a)?.position, places.get(b)?.position];
    if (from && to) return Math.min(Math.max(1, Math.round(kilometres(from, to) / STEP_KM)), MOST_STEPS);
    if (a.slice(0, 9) === b.slice(0, 9)) return IN_TOWNSHIP;
    return a.slice(0, 6) === b.slice(0, 6) ? IN_COUNTY : MOST_STEPS;
  };
}

/** Of how many of some villages the table says where they lie: all, some or none of them. */
export function placesKnown(villages: Iterable<RegionCode>, places: VillagePlaces): 'all' | 'some' | 'none' {
  const beside = besideOf(places);
  let [known, total] = [0, 0];
  for (const village of new Set(villages)) {
    total += 1;
    if (beside.has(village) || places.get(village)?.position) known += 1;
  }
  return known === 0 ? 'none' : known === total ? 'all' : 'some';
}

import { createHash } from 'node:crypto';
import type { RegionLevel } from '@bangfu/domain/shared/region';
import { SUBJECT_SHARE } from './circumstances.ts';
import { type Dice, dice, shareOut, type Weights, weights } from './dice.ts';
import { type DemoHousehold, household, type Place, type Source } from './household.ts';
import { idNumberIssuer } from './identity.ts';

/** A row of the division table. */
export interface DemoRegion {
  readonly code: string;
  readonly level: RegionLevel;
  readonly name: string;
}

export interface PopulationOptions {
  /** The divisions of one county with those above it. */
  readonly regions: readonly DemoRegion[];
  readonly households: number;
  /** The same seed draws the same population. */
  readonly seed: string;
  /** The year that ages and schooling hold in, from its first day to its last. */
  readonly referenceYear?: number;
}

const REFERENCE_YEAR = 2026;
const URBAN = /(居民委员会|居委会)$/;

const LIAONING = weights(['汉族', 88], ['满族', 7], ['蒙古族', 4.6], ['回族', 0.4]);
const ELSEWHERE = weights(['汉族', 99.2], ['回族', 0.8]);

function ethnicities(county: string): Weights<string> {
  return county.startsWith('21') ? LIAONING : ELSEWHERE;
}

/** The rural villages with their names; those whose name another of the township bears cannot be told apart and are left out. */
function villages(regions: readonly DemoRegion[], county: DemoRegion, dice: Dice): Place[] {
  const townships = new Map(
    regions.filter(({ level }) => level === 'township').map((r) => [r.code.slice(0, 9), r.name]),
  );
  const all = regions.filter(({ code, level }) => level === 'village' && code.startsWith(county.code.slice(0, 6)));
  const rural = all.filter(({ name }) => !URBAN.test(name));
  const known = new Map<string, number>();
  const key = ({ code, name }: DemoRegion) => `${code.slice(0, 9)}${name}`;
  for (const each of rural) known.set(key(each), (known.get(key(each)) ?? 0) + 1);
  return rural
    .filter((each) => known.get(key(each)) === 1)
    .map((each) => ({
      county: county.name,
      township: townships.get(each.code.slice(0, 9)) ?? '',
      village: each.name,
      villageCode: each.code,
      groups: dice.int(3, 11),
    }));
}

/** How many households each village has and how many of them are registered: some villages are large, some are poor. */
function sizes(count: number, total: number, dice: Dice): { households: number; registered: number }[] {
  const large = Array.from({ length: count }, () => 0.35 + 1.3 * dice.share() ** 2 + dice.share());
  const poor = Array.from({ length: count }, () => 0.3 + 1.7 * dice.share() ** 1.5);
  const households = shareOut(total, large);
  const registered = shareOut(
    Math.round(total * SUBJECT_SHARE),
    households.map((each, i) => each * (poor[i] ?? 0)),
  );
  return households.map((each, i) => ({ households: each, registered: registered[i] ?? 0 }));
}

/**
 * Invents the rural households of a county, village by village, in the rows of the national layout. Nothing is kept
 * beyond the household at hand. No person is meant: names, numbers and telephones are put together by chance.
 * @throws RangeError without exactly one county, or without villages
 */
export function* population(options: PopulationOptions): Generator<DemoHousehold> {
  const counties = options.regions.filter(({ level }) => level === 'county');
  const [county] = counties;
  if (!county || counties.length > 1) throw new RangeError('the regions of exactly one county are needed');
  const thrown = dice(createHash('sha256').update(options.seed).digest().readInt32BE());
  const places = villages(options.regions, county, thrown);
  if (places.length === 0) throw new RangeError(`no villages in ${county.code}`);
  const source: Source = {
    dice: thrown,
    idNumber: idNumberIssuer(county.code.slice(0, 6)),
    referenceYear: options.referenceYear ?? REFERENCE_YEAR,
    ethnicities: ethnicities(county.code),
  };
  let persons = 0;
  for (const [i, size] of sizes(places.length, options.households, thrown).entries()) {
    let registeredLeft = size.registered;
    for (let nth = 1; nth <= size.households; nth++) {
      const place = places[i] as Place;
      const registered = thrown.int(1, size.households - nth + 1) <= registeredLeft;
      if (registered) registeredLeft -= 1;
      const drawn = household(place, `${place.villageCode}${String(nth).padStart(4, '0')}`, registered, source);
      for (const row of drawn.rows) row.sequence = ++persons;
      yield drawn;
    }
  }
}

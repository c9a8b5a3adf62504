import { placesFree } from '@bangfu/domain/pairing/pairing';
import type { PlanHelper, PlanHousehold, PlanInput, PlanUnit } from '@bangfu/domain/pairing/plan-costs';
import type { VillagePlace } from '@bangfu/domain/pairing/village-distance';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { sql } from 'kysely';
import { helpsOn, isHelpedAfter } from '../../../db/helps.ts';
import type { Tables } from '../../../operations.ts';
import { findStints } from '../../pairings/pairing.repository.ts';
import { holdingOn, policiesOf, quotaSteps, rankOf } from '../../policy/policy.repository.ts';

/** What a plan is computed from, and whom each household has today, in service or not. */
export interface LoadedPlan {
  readonly policyId: string;
  readonly input: PlanInput;
  readonly today: ReadonlyMap<string, string>;
}

/** A degree of difficulty for every tenth of a village's households that is poor, at most this many. */
const HARDEST = 5;

/** The cadres in service of the units that are administered in a region, serve a village of it or help there that day. */
const cadresWithin = (read: ReadSql<Tables>, countyCode: string, within: string, day: BusinessDay) =>
  read
    .selectFrom('cadre as c')
    .innerJoin('unit as u', 'u.id', 'c.unit_id')
    .where('c.county_code', '=', countyCode)
    .where('c.active', '=', true)
    .where((eb) =>
      eb.or([
        eb('u.seat_code', 'like', within),
        sql<boolean>`exists (select from unnest(${eb.ref('u.village_codes')}) as v (code) where v.code like ${within})`,
        eb.exists(
          eb
            .selectFrom('pairing_link as l')
            .innerJoin('household_copy as h', 'h.id', 'l.household_id')
            .whereRef('l.cadre_id', '=', 'c.id')
            .where((l) => helpsOn(l, 'l', day))
            .where('h.village_code', 'like', within)
            .select('l.id'),
        ),
      ]),
    )
    .orderBy('u.name')
    .orderBy('c.name')
    .orderBy('c.id')
    .select(['c.id', 'u.id as unit', 'c.rank', 'c.quota as own', 'c.relative_numbers as relatives'])
    .select('u.village_codes as villages')
    .execute();

/**
 * Loads what the plan of a region is made from: every household of it that is poor on the day, and the cadres in
 * service of the units that are administered in it, serve a village of it or help there today. What a cadre answers
 * for outside the plan, on the day or later, is taken off his quota. A household whose helper changes on a day to come
 * is left as it is decided.
 * @throws DomainError RANK_UNKNOWN
 */
export async function loadPlanInput(
  read: ReadSql<Tables>,
  countyCode: string,
  region: string,
  day: BusinessDay,
): Promise<LoadedPlan> {
  const policies = await policiesOf(read, countyCode);
  const { id: policyId, content: policy } = holdingOn(policies, day);
  const within = `${scopePrefix(region as RegionCode)}%`;
  const households = await read
    .selectFrom('household_copy as h')
    .leftJoin('pairing_link as l', (join) =>
      join.onRef('l.household_id', '=', 'h.id').on((eb) => helpsOn(eb, 'l', day)),
    )
    .where('h.county_code', '=', countyCode)
    .where('h.village_code', 'like', within)
    .where('h.withdrawn', '=', false)
    .where('h.status', 'in', ['registered', 'returned'])
    .where((eb) => eb.or([eb('h.registered_on', 'is', null), eb('h.registered_on', '<=', day)]))
    .where('l.valid_until', 'is', null)
    .where((eb) => eb.not(isHelpedAfter(eb, day)))
    .orderBy('h.number')
    .select(['h.id', 'h.number', 'h.village_code as village', 'l.cadre_id as today'])
    .execute();
  const cadres = await cadresWithin(read, countyCode, within, day);
  const planned = new Set(households.map(({ id }) => id));
  const stints = await findStints(
    read,
    cadres.map(({ id }) => id),
  );
  const difficulty = await read
    .selectFrom('household_copy as h')
    .where('h.county_code', '=', countyCode)
    .where('h.village_code', 'like', within)
    .where('h.withdrawn', '=', false)
    .groupBy('h.village_code')
    .select('h.village_code as village')
    .select((eb) => {
      const poor = eb.fn.countAll<number>().filterWhere('h.status', 'in', ['registered', 'returned']);
      return sql<number>`least(${HARDEST}::int, ${poor} * 10 / ${eb.fn.countAll()})::int`.as('degree');
    })
    .execute();
  const places = await read
    .selectFrom('region_copy as r')
    .where('r.county_code', '=', countyCode)
    .where('r.level', '=', 'village')
    .where((eb) => eb.or([eb('r.longitude', 'is not', null), sql<boolean>`${eb.ref('r.neighbours')} <> '{}'`]))
    .orderBy('r.code')
    .select(['r.code', 'r.longitude', 'r.latitude', 'r.neighbours'])
    .execute();
  const relatives = new Map<string, string[]>();
  for (const { id, relatives: numbers } of cadres) {
    for (const number of numbers) relatives.set(number, [...(relatives.get(number) ?? []), id]);
  }
  const inService = new Set(cadres.map(({ id }) => id));
  const units = new Map<string, PlanUnit>(
    cadres.map(({ unit, villages }) => [unit, { id: unit, villages: villages as RegionCode[] }]),
  );
  return {
    policyId,
    input: {
      households: households.map(({ id, number, village, today }): PlanHousehold => {
        const related = relatives.get(number);
        return {
          id,
          number,
          village: village as RegionCode,
          ...(today !== null && inService.has(today) ? { today } : {}),
          ...(related ? { relatives: related } : {}),
        };
      }),
      helpers: cadres.map(({ id, unit, rank, own }): PlanHelper => {
        demand(rankOf(policy, rank), 'RANK_UNKNOWN', { rank });
        const busy = (stints.get(id) ?? []).filter(({ householdId }) => !planned.has(householdId));
        const { places } = placesFree({ quotas: quotaSteps(policies, { rank, ownQuota: own }), busy }, { from: day });
        return { id, unit, rank, quota: Math.max(0, places) };
      }),
      units: [...units.values()],
      difficulty: new Map(difficulty.map(({ village, degree }) => [village, degree])),
      policy: { ranks: policy.ranks, weights: policy.weights },
      places: new Map(
        places.map(({ code, longitude, latitude, neighbours }): [RegionCode, VillagePlace] => [
          code as RegionCode,
          {
            ...(longitude !== null && latitude !== null ? { position: { longitude, latitude } } : {}),
            neighbours: neighbours as RegionCode[],
          },
        ]),
      ),
    },
    today: new Map(households.flatMap(({ id, today }) => (today === null ? [] : [[id, today] as const]))),
  };
}

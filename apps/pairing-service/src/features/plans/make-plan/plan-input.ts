import { placesFree } from '@bangfu/domain/pairing/pairing';
import type { PlanHelper, PlanHousehold, PlanInput, PlanUnit } from '@bangfu/domain/pairing/plan-costs';
import type { VillagePlace } from '@bangfu/domain/pairing/village-distance';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { helpsAfter, helpsOn } from '../../../db/helps.ts';
import { findStints } from '../../pairings/pairing.repository.ts';
import { holdingOn, policiesOf, quotaSteps, rankOf } from '../../policy/policy.repository.ts';

/** What a plan is computed from, and whom each household has today, in service or not. */
export interface LoadedPlan {
  readonly input: PlanInput;
  readonly today: ReadonlyMap<string, string>;
}

/** A degree of difficulty for every tenth of a village's households that is poor, at most this many. */
const HARDEST = 5;

/**
 * Loads what the plan of a region is made from: every household of it that is poor on the day, and the cadres in
 * service of the units that are administered in it, serve a village of it or help there today. What a cadre answers
 * for outside the plan, on the day or later, is taken off his quota. A household whose helper changes on a day to come
 * is left as it is decided.
 * @throws DomainError RANK_UNKNOWN
 */
export async function loadPlanInput(
  sql: Sql,
  countyCode: string,
  region: string,
  day: BusinessDay,
): Promise<LoadedPlan> {
  const policies = await policiesOf(sql, countyCode);
  const { content: policy } = holdingOn(policies, day);
  const within = `${scopePrefix(region as RegionCode)}%`;
  const households = await sql.query<{ id: string; number: string; village: string; today: string | null }>(
    `SELECT h.id::text AS id, h.number, h.village_code AS village, l.cadre_id::text AS today
     FROM platform.household_copy h
       LEFT JOIN pairing_link l ON l.household_id = h.id AND ${helpsOn('l', '$3::date')}
     WHERE h.county_code = $1 AND h.village_code LIKE $2 AND NOT h.withdrawn AND h.status IN ('registered', 'returned')
       AND (h.registered_on IS NULL OR h.registered_on <= $3::date) AND l.valid_until IS NULL
       AND NOT EXISTS (SELECT 1 FROM pairing_link n WHERE n.household_id = h.id AND ${helpsAfter('n', '$3::date')})
     ORDER BY h.number`,
    [countyCode, within, day],
  );
  const cadres = await sql.query<{
    id: string;
    unit: string;
    rank: string;
    own: number | null;
    relatives: string[];
    villages: string[];
  }>(
    `SELECT c.id::text AS id, u.id::text AS unit, c.rank, c.quota AS own, c.relative_numbers AS relatives,
       u.village_codes AS villages
     FROM cadre c JOIN unit u ON u.id = c.unit_id
     WHERE c.county_code = $1 AND c.active AND (u.seat_code LIKE $2
       OR EXISTS (SELECT 1 FROM unnest(u.village_codes) v (code) WHERE v.code LIKE $2)
       OR EXISTS (SELECT 1 FROM pairing_link l JOIN platform.household_copy h ON h.id = l.household_id
         WHERE l.cadre_id = c.id AND ${helpsOn('l', '$3::date')} AND h.village_code LIKE $2))
     ORDER BY u.name, c.name, c.id`,
    [countyCode, within, day],
  );
  const planned = new Set(households.map(({ id }) => id));
  const stints = await findStints(
    sql,
    cadres.map(({ id }) => id),
  );
  const difficulty = await sql.query<{ village: string; degree: number }>(
    `SELECT village_code AS village,
       least($3::int, count(*) FILTER (WHERE status IN ('registered', 'returned')) * 10 / count(*))::int AS degree
     FROM platform.household_copy WHERE county_code = $1 AND village_code LIKE $2 AND NOT withdrawn GROUP BY village_code`,
    [countyCode, within, HARDEST],
  );
  const places = await sql.query<{
    code: string;
    longitude: number | null;
    latitude: number | null;
    neighbours: string[] | null;
  }>(
    `SELECT code, longitude, latitude, neighbours FROM region_copy WHERE county_code = $1 AND level = 'village'
       AND (longitude IS NOT NULL OR neighbours <> '{}') ORDER BY code`,
    [countyCode],
  );
  const relatives = new Map<string, string[]>();
  for (const { id, relatives: numbers } of cadres) {
    for (const number of numbers) relatives.set(number, [...(relatives.get(number) ?? []), id]);
  }
  const inService = new Set(cadres.map(({ id }) => id));
  const units = new Map<string, PlanUnit>(
    cadres.map(({ unit, villages }) => [unit, { id: unit, villages: villages as RegionCode[] }]),
  );
  return {
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
            ...(neighbours ? { neighbours: neighbours as RegionCode[] } : {}),
          },
        ]),
      ),
    },
    today: new Map(households.flatMap(({ id, today }) => (today === null ? [] : [[id, today] as const]))),
  };
}

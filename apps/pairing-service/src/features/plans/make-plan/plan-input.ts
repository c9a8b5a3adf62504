import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import type { PlanHelper, PlanHousehold, PlanInput, PlanUnit } from '@bangfu/domain/pairing/plan-costs';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { demand } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
import { rankOf } from '../../policy/policy.repository.ts';

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
 * for outside the plan is taken off his quota.
 * @throws DomainError RANK_UNKNOWN
 */
export async function loadPlanInput(
  sql: Sql,
  countyCode: string,
  region: string,
  day: BusinessDay,
  policy: PolicyContent,
): Promise<LoadedPlan> {
  const within = `${scopePrefix(region as RegionCode)}%`;
  const households = await sql.query<{ id: string; number: string; village: string; today: string | null }>(
    `SELECT h.id::text AS id, h.number, h.village_code AS village, l.cadre_id::text AS today
     FROM platform.household_copy h LEFT JOIN pairing_link l ON l.open_for = h.id
     WHERE h.county_code = $1 AND h.village_code LIKE $2 AND NOT h.withdrawn AND h.status IN ('registered', 'returned')
       AND (h.registered_on IS NULL OR h.registered_on <= $3::date)
     ORDER BY h.number`,
    [countyCode, within, day],
  );
  const cadres = await sql.query<{
    id: string;
    unit: string;
    rank: string;
    own: number | null;
    elsewhere: number;
    relatives: string[];
    villages: string[];
  }>(
    `SELECT c.id::text AS id, u.id::text AS unit, c.rank, c.quota AS own, c.relative_numbers AS relatives,
       u.village_codes AS villages,
       (SELECT count(*)::int FROM pairing_link l JOIN platform.household_copy h ON h.id = l.open_for
        WHERE l.cadre_id = c.id
          AND NOT (h.village_code LIKE $2 AND NOT h.withdrawn AND h.status IN ('registered', 'returned'))) AS elsewhere
     FROM cadre c JOIN unit u ON u.id = c.unit_id
     WHERE c.county_code = $1 AND c.active AND (u.seat_code LIKE $2
       OR EXISTS (SELECT 1 FROM unnest(u.village_codes) v (code) WHERE v.code LIKE $2)
       OR EXISTS (SELECT 1 FROM pairing_link l JOIN platform.household_copy h ON h.id = l.open_for
         WHERE l.cadre_id = c.id AND h.village_code LIKE $2))
     ORDER BY u.name, c.name, c.id`,
    [countyCode, within],
  );
  const difficulty = await sql.query<{ village: string; degree: number }>(
    `SELECT village_code AS village,
       least($3::int, count(*) FILTER (WHERE status IN ('registered', 'returned')) * 10 / count(*))::int AS degree
     FROM platform.household_copy WHERE county_code = $1 AND village_code LIKE $2 AND NOT withdrawn GROUP BY village_code`,
    [countyCode, within, HARDEST],
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
      helpers: cadres.map(({ id, unit, rank, own, elsewhere }): PlanHelper => {
        const rule = rankOf(policy, rank);
        demand(rule, 'RANK_UNKNOWN', { rank });
        return { id, unit, rank, quota: Math.max(0, effectiveQuota(rule.quota, own) - elsewhere) };
      }),
      units: [...units.values()],
      difficulty: new Map(difficulty.map(({ village, degree }) => [village, degree])),
      policy: { ranks: policy.ranks, weights: policy.weights },
    },
    today: new Map(households.flatMap(({ id, today }) => (today === null ? [] : [[id, today] as const]))),
  };
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { HelpingUnit, listHelpingUnits, listPairingRegions } from '@bangfu/contracts/pairing/cadres';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { unitVisible, visibleTo } from '../../../db/visible.ts';

/** One page of the helping units within the scope, by name. */
export async function findUnits(
  service: Pairing,
  caller: Caller,
  query: QueryOf<typeof listHelpingUnits>,
): Promise<AnswerInputOf<typeof listHelpingUnits>> {
  const after = decodeCursor(query.cursor, 2);
  const pool = readsOf(service, caller);
  const where = `u.county_code = $1 AND ($2::text IS NULL OR ${nameHolds('u.name', '$2')}) AND ${unitVisible(3)}`;
  const params = [caller.countyCode, searchPattern(query.search), ...visibleTo(caller).slice(0, 3)];
  const { rows } = await pool.query<HelpingUnit>(
    `SELECT u.id::text AS id, u.name, u.seat_code AS "seatCode", u.version,
       coalesce((SELECT jsonb_agg(jsonb_build_object('code', r.code, 'name', r.name) ORDER BY r.code)
         FROM region_copy r WHERE r.code = ANY (u.village_codes)), '[]') AS villages,
       (SELECT count(*) FROM cadre c WHERE c.unit_id = u.id AND c.active) AS cadres,
       (SELECT count(*) FROM pairing_link l WHERE l.unit_id = u.id AND l.open_for IS NOT NULL) AS households
     FROM unit u WHERE ${where} AND ($6::text IS NULL OR (u.name, u.id) > ($6, $7::uuid))
     ORDER BY u.name, u.id LIMIT $8`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const count = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM unit u WHERE ${where}`, params);
  return toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.name, row.id]);
}

/** The divisions within the scope, with the county itself, by code. */
export async function findRegions(service: Pairing, caller: Caller): Promise<AnswerInputOf<typeof listPairingRegions>> {
  const { rows } = await readsOf(service, caller).query<AnswerInputOf<typeof listPairingRegions>['rows'][number]>(
    `SELECT code, level, name, parent_code AS "parentCode" FROM region_copy
     WHERE county_code = $1 AND code LIKE ANY ($2) AND level IN ('county', 'township', 'village') ORDER BY code`,
    [caller.countyCode, likeAny(regionPrefixes(caller))],
  );
  return { rows };
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { HelpingUnit, listHelpingUnits, listPairingRegions } from '@bangfu/contracts/pairing/cadres';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import { nameHolds, searchPattern } from '@bangfu/platform/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { helpsOn } from '../../../db/helps.ts';
import { dayOf, UNIT_PARAMS, unitVisible, visibleTo } from '../../../db/visible.ts';

const CADRES = '(SELECT count(*) FROM cadre c WHERE c.unit_id = u.id AND c.active)';
/** Among the parameters of the list, those of `visibleTo` stand from here on. */
const VISIBLE = 3;
const HOUSEHOLDS = `(SELECT count(*) FROM pairing_link l WHERE l.unit_id = u.id AND ${helpsOn('l', dayOf(VISIBLE))})`;
const NAME = byName('u.name');
const ORDER = listOrder<QueryOf<typeof listHelpingUnits>>(
  { name: NAME, cadres: byNumber(CADRES), households: byNumber(HOUSEHOLDS) },
  [NAME, byId('u.id')],
);

/** One page of the helping units within the scope, by name. */
export function findUnits(
  service: Pairing,
  caller: Caller,
  query: QueryOf<typeof listHelpingUnits>,
  now: Date,
): Promise<{ rows: HelpingUnit[]; total: number; next: string | null }> {
  return readPage<HelpingUnit>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: `u.id::text AS id, u.name, u.seat_code AS "seatCode", u.version,
      coalesce((SELECT jsonb_agg(jsonb_build_object('code', r.code, 'name', r.name) ORDER BY r.code)
        FROM region_copy r WHERE r.code = ANY (u.village_codes)), '[]') AS villages,
      ${CADRES} AS cadres, ${HOUSEHOLDS} AS households`,
    from: `FROM unit u WHERE u.county_code = $1 AND ($2::text IS NULL OR ${nameHolds('u.name', '$2')}) AND ${unitVisible(VISIBLE)}`,
    params: [
      caller.countyCode,
      searchPattern(query.search),
      ...visibleTo(caller, businessDayOf(now)).slice(0, UNIT_PARAMS),
    ],
  });
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

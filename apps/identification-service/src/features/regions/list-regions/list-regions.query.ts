import type { listRegions } from '@bangfu/contracts/identification/regions';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Identification } from '../../../db/client.ts';

/** The divisions in the caller's scope with the households of each, from the province down. */
export async function findRegions(service: Identification, caller: Caller): Promise<AnswerInputOf<typeof listRegions>> {
  const { rows } = await readsOf(service, caller).query(
    `WITH counts AS (SELECT village_code, count(*) AS n FROM household GROUP BY village_code)
     SELECT r.id, r.code, r.level, r.name, r.parent_code AS "parentCode",
       coalesce((SELECT sum(n) FROM counts WHERE village_code LIKE
         left(r.code, CASE r.level WHEN 'province' THEN 2 WHEN 'prefecture' THEN 4 WHEN 'county' THEN 6
                                   WHEN 'township' THEN 9 ELSE 12 END) || '%'), 0)::bigint AS households
     FROM region r WHERE r.code LIKE ANY ($1) ORDER BY r.code`,
    [likeAny(regionPrefixes(caller))],
  );
  return { rows };
}

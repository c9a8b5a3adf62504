import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { listIndustryVillages as operation } from '@bangfu/contracts/industry/entities';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Industry } from '../../../db/client.ts';
import { scopeParams } from '../../../db/scope.ts';

/** The villages the register knows within the caller's scope; an entity's users see those it works in. */
export async function listIndustryVillages(
  service: Industry,
  caller: Caller,
): Promise<AnswerInputOf<typeof operation>> {
  const { rows } = await readsOf(service, caller).query<{ code: string; name: string; townshipName: string }>(
    `SELECT h.village_code AS code, max(h.village_name) AS name, max(h.township_name) AS "townshipName"
     FROM platform.household_copy h WHERE NOT h.withdrawn AND (h.village_code LIKE ANY ($2::text[])
       OR h.village_code IN (SELECT unnest(e.village_codes) FROM entity e WHERE e.id::text = ANY ($1::text[])))
     GROUP BY h.village_code ORDER BY h.village_code`,
    scopeParams(caller),
  );
  return { rows };
}

import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Pairing } from '../../db/client.ts';

/** This service's figures within the caller's scope. */
export async function readHome(
  service: Pairing,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { rows } = await readsOf(service, caller).query<{ households: number }>(
    `SELECT count(*) AS households FROM platform.household_copy
     WHERE NOT withdrawn AND status <> 'none' AND village_code LIKE ANY ($1)`,
    [likeAny(regionPrefixes(caller))],
  );
  return {
    asOf: now.toISOString(),
    figures: [{ key: 'knownHouseholds', value: rows[0]?.households ?? 0, unit: 'household' }],
  };
}

import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Identification } from '../../db/client.ts';

/** The register's figures within the caller's scope, counted at this moment. */
export async function getHome(
  service: Identification,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { rows } = await readsOf(service, caller).query<Record<string, number>>(
    `SELECT count(*) AS households, coalesce(sum(member_count), 0)::bigint AS persons,
       count(*) FILTER (WHERE status IN ('registered', 'returned')) AS poor,
       count(*) FILTER (WHERE status = 'exited') AS exited,
       (SELECT count(*) FROM quality_breach b WHERE b.village_code LIKE ANY ($1)) AS breaches
     FROM household WHERE village_code LIKE ANY ($1)`,
    [likeAny(regionPrefixes(caller))],
  );
  const counts = rows[0] ?? {};
  return {
    asOf: now.toISOString(),
    figures: [
      { key: 'households', value: counts['households'] ?? 0, unit: 'household' },
      { key: 'persons', value: counts['persons'] ?? 0, unit: 'person' },
      { key: 'registered', value: counts['poor'] ?? 0, unit: 'household' },
      { key: 'exited', value: counts['exited'] ?? 0, unit: 'household' },
      { key: 'qualityProblems', value: counts['breaches'] ?? 0, unit: 'item' },
    ],
  };
}

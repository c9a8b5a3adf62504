import type { getStatistics as operation } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny, narrow } from '@bangfu/data/scope';
import type { Identification } from '../../../db/client.ts';

interface GroupRow {
  readonly dimension: 'all' | 'status' | 'cause' | 'category';
  readonly value: string | null;
  readonly households: number;
  readonly persons: number;
}

/** Households and persons over the caller's scope, all together and by status, main cause and category. */
export async function getStatistics(
  service: Identification,
  caller: Caller,
  region: string | undefined,
): Promise<AnswerInputOf<typeof operation>> {
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  const { rows } = await readsOf(service, caller).query<GroupRow>(
    `SELECT CASE WHEN grouping(status) = 0 THEN 'status' WHEN grouping(main_cause) = 0 THEN 'cause'
              WHEN grouping(category) = 0 THEN 'category' ELSE 'all' END AS dimension,
       coalesce(status, main_cause, category) AS value, count(*) AS households, coalesce(sum(member_count), 0)::bigint AS persons
     FROM household WHERE village_code LIKE ANY ($1)
     GROUP BY GROUPING SETS ((), (status), (main_cause), (category)) ORDER BY 1, 2`,
    [likeAny(prefixes)],
  );
  const group = (dimension: GroupRow['dimension']) =>
    Object.fromEntries(
      rows
        .filter((row) => row.dimension === dimension && row.value !== null)
        .map(({ value, households, persons }) => [value ?? '', { households, persons }]),
    );
  const all = rows.find((row) => row.dimension === 'all');
  return {
    households: all?.households ?? 0,
    persons: all?.persons ?? 0,
    byStatus: group('status'),
    byCause: group('cause'),
    byCategory: group('category'),
  };
}

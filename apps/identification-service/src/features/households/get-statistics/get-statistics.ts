import * as contract from '@bangfu/contracts/identification/households';
import { sumOf } from '@bangfu/data/sum-of';
import { inRegions, narrow } from '@bangfu/data/scope';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { sql } from 'kysely';
import { query } from '../../../operations.ts';
import { registerAsOf } from '../../../register/as-of.ts';

/** Households and persons over the caller's scope, all together and by status, main cause and category. */
export const getStatistics = query(contract.getStatistics, async ({ read, caller, query: asked }) => {
  const { region } = asked;
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  const rows = await registerAsOf(read, caller.countyCode, asked)
    .selectFrom('household as h')
    .where((eb) => inRegions(eb.ref('h.village_code'), prefixes))
    .groupBy(
      ({ ref }) => sql`grouping sets ((), (${ref('h.status')}), (${ref('h.main_cause')}), (${ref('h.category')}))`,
    )
    .select(({ ref, fn }) => [
      sql<'all' | 'status' | 'cause' | 'category'>`case when grouping(${ref('h.status')}) = 0 then 'status'
        when grouping(${ref('h.main_cause')}) = 0 then 'cause'
        when grouping(${ref('h.category')}) = 0 then 'category' else 'all' end`.as('dimension'),
      sql<string | null>`coalesce(${ref('h.status')}, ${ref('h.main_cause')}, ${ref('h.category')})`.as('value'),
      fn.countAll<number>().as('households'),
      sumOf(ref('h.member_count')).as('persons'),
    ])
    .orderBy('dimension')
    .orderBy('value')
    .execute();
  const group = (dimension: (typeof rows)[number]['dimension']) =>
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
});

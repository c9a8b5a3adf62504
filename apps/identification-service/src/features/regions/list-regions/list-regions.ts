import * as contract from '@bangfu/contracts/identification/regions';
import { sumOf } from '@bangfu/data/sum-of';
import { inRegions } from '@bangfu/data/scope';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { sql, type SqlBool } from 'kysely';
import { query } from '../../../operations.ts';

/** The divisions in the caller's scope with the households of each, from the province down. */
export const listRegions = query(contract.listRegions, async ({ read, caller }) => {
  const rows = await read
    .selectFrom('region as r')
    .leftJoin(
      (from) =>
        from
          .selectFrom('household')
          .groupBy('village_code')
          .select((eb) => ['village_code', eb.fn.countAll<number>().as('households')])
          .as('k'),
      (join) =>
        join.on(
          ({ ref }) => sql<SqlBool>`${ref('k.village_code')} like left(${ref('r.code')},
            case ${ref('r.level')} when 'province' then 2 when 'prefecture' then 4 when 'county' then 6
              when 'township' then 9 else 12 end) || '%'`,
        ),
    )
    .where((eb) => inRegions(eb.ref('r.code'), regionPrefixes(caller)))
    .groupBy('r.id')
    .orderBy('r.code')
    .select(['r.id', 'r.code', 'r.level', 'r.name', 'r.parent_code as parentCode'])
    .select(({ ref }) => sumOf(ref('k.households')).as('households'))
    .execute();
  return { rows };
});

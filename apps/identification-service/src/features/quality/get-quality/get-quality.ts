import * as contract from '@bangfu/contracts/identification/households';
import { narrow, villagesIn } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { query, type Tables } from '../../../operations.ts';
import { placeNameOf } from '../../place-name.ts';
import { ruleTexts } from '../rule-text.ts';

/** Beyond so many villages nobody reads on. */
const MOST_VILLAGES = 500;

/** The open breaches of the caller's county within its scope, narrowed to a region. */
const openBreaches = (read: ReadSql<Tables>, caller: Caller, region: string | undefined) =>
  read
    .selectFrom('quality_breach as b')
    .where('b.county_code', '=', caller.countyCode)
    .where((eb) =>
      villagesIn(eb.ref('b.village_code'), narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode))),
    )
    .select(({ fn }) => [
      fn.count<number>('b.household_id').distinct().as('households'),
      fn.countAll<number>().as('count'),
    ])
    .orderBy('count', 'desc');

/** How many breaches there are within the caller's scope. */
export async function countBreaches(read: ReadSql<Tables>, caller: Caller): Promise<number> {
  const { count } = await openBreaches(read, caller, undefined).executeTakeFirstOrThrow();
  return count;
}

/** The open breaches within the caller's scope, by rule and by village. */
export const getQuality = query(contract.getQuality, async ({ read, caller, query: { region }, language }) => {
  const open = openBreaches(read, caller, region);
  const rules = await open
    .groupBy('b.rule_id')
    .orderBy('b.rule_id')
    .select((eb) => ['b.rule_id as ruleId', eb.fn.max('b.recorded_at').as('foundAt')])
    .execute();
  const villages = await open
    .innerJoin('region as v', 'v.code', 'b.village_code')
    .groupBy(['b.village_code', 'v.name'])
    .orderBy('b.village_code')
    .limit(MOST_VILLAGES)
    .select((eb) => ['b.village_code as villageCode', placeNameOf(eb.ref('v.name')).as('villageName')])
    .execute();
  const textOf = await ruleTexts(read, caller.countyCode, language);
  return {
    rules: rules.map(({ foundAt, ...row }) => ({ ...row, ...textOf(row.ruleId, businessDayOf(foundAt)) })),
    villages,
  };
});

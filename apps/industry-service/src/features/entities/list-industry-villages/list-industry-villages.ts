import * as contract from '@bangfu/contracts/industry/entities';
import { inRegions } from '@bangfu/data/scope';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { sql } from 'kysely';
import { entitiesOf } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';

/** The villages the register knows within the caller's scope; an entity's users see those it works in. */
export const listIndustryVillages = query(contract.listIndustryVillages, async ({ read, caller }) => {
  const rows = await read
    .selectFrom('household_copy as h')
    .where('h.withdrawn', '=', false)
    .where((eb) =>
      eb.or([
        inRegions(eb.ref('h.village_code'), regionPrefixes(caller)),
        eb(
          'h.village_code',
          'in',
          eb
            .selectFrom('entity as e')
            .where('e.id', 'in', entitiesOf(caller))
            .select((e) => sql<string>`unnest(${e.ref('e.village_codes')})`.as('code')),
        ),
      ]),
    )
    .groupBy('h.village_code')
    .orderBy('h.village_code')
    .select('h.village_code as code')
    .select(({ fn }) => [fn.max('h.village_name').as('name'), fn.max('h.township_name').as('townshipName')])
    .execute();
  return { rows };
});

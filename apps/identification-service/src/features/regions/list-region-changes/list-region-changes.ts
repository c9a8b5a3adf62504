import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/regions';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query, type Tables } from '../../../operations.ts';

const from = (read: ReadSql<Tables>) => read.selectFrom('region_change as c');
const ORDER = orderOf<QueryOf<typeof contract.listRegionChanges>>()(from, ({ day, instant, id }) => ({
  columns: { on: day('c.day'), recordedAt: instant('c.recorded_at') },
  // Ids are ordered by time.
  own: [{ ...id('c.id'), down: true }],
}));

/** The changes of divisions in the caller's county, the latest first. */
export const listRegionChanges = query(contract.listRegionChanges, async ({ read, caller, query: asked }) => {
  const changes = from(read)
    .where('c.county_code', '=', caller.countyCode)
    .select(['c.id', 'c.kind', 'c.day as on', 'c.document', 'c.changed', 'c.households'])
    .select(['c.account_name as by', 'c.recorded_at as recordedAt']);
  const page = await pageOfList(changes, ORDER, asked);
  return {
    ...page,
    rows: page.rows.map(({ changed, recordedAt, ...row }) => ({
      ...row,
      changed: [...changed],
      recordedAt: recordedAt.toISOString(),
    })),
  };
});

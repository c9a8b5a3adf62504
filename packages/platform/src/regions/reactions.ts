import type { SqlOn } from '@bangfu/data/sql';
import type { PoolClient } from '@bangfu/data/pool';
import { typedWithin } from '@bangfu/data/typed-sql';
import { regionChanged } from '@bangfu/events/catalog/identification';
import type { Envelope } from '@bangfu/events/envelope';
import { reaction } from '@bangfu/events/inbox/apply';
import type { Part } from '../operation/carry-out.ts';
import { type CurrentColumn, type DeclaredRegions, HOUSEHOLD_COPY_COLUMNS } from './region-columns.ts';
import { followRegions } from './follow-regions.ts';
import type { RegionChangeTable } from './table.ts';

interface Tables {
  'platform.region_change': RegionChangeTable;
}

/**
 * Rewrites a service's current columns of divisions by each change, in one transaction with its place in the log; the
 * first of its reactions on that event.
 */
export const regionFollowing = ({ current }: DeclaredRegions): Part<unknown>[] => [
  {
    reactions: () =>
      reaction(regionChanged, ({ client }, events) =>
        typedWithin<Tables, void>(client, async (tx) => {
          const columns: readonly CurrentColumn[] = [HOUSEHOLD_COPY_COLUMNS, ...current];
          for (const { data, time, countycode } of events) {
            const { changeId: id } = data;
            const heard = { id, county_code: countycode, changed_at: time, data: JSON.stringify(data) };
            await tx.sql
              .insertInto('platform.region_change')
              .values(heard)
              .onConflict((on) => on.column('id').doNothing())
              .execute();
            await followRegions(tx.sql, columns, data);
          }
        }),
      ),
  },
];

/**
 * Brings households that were recorded before a change and are heard of after it to the divisions of now: events of
 * households and of divisions come in no common order.
 */
export const followMissedChanges = ({ client }: SqlOn<PoolClient>, events: readonly Envelope[]): Promise<void> =>
  typedWithin<Tables, void>(client, async (tx) => {
    const ids = events.map(({ aggregate }) => aggregate);
    const first = events.map(({ time }) => time).sort()[0];
    if (first === undefined) return;
    const changes = await tx.sql
      .selectFrom('platform.region_change')
      .where('changed_at', '>', new Date(first))
      .orderBy('changed_at')
      .select(['data', 'changed_at as before'])
      .execute();
    for (const { data, before } of changes) {
      await followRegions(tx.sql, [HOUSEHOLD_COPY_COLUMNS], data, { ids, before });
    }
  });

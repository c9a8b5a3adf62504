import { followScopes } from '@bangfu/domain/shared/region-change';
import { regionChanged } from '@bangfu/events/catalog/identification';
import { reaction } from '../operations.ts';

/** An evaluation whose frame is not frozen yet goes on with the villages that it was planned for. */
export const onRegionChanged = reaction(regionChanged, async ({ tx, events }) => {
  const planned = await tx.sql
    .selectFrom('evaluation')
    .where('state', 'in', ['draft', 'freezing'])
    .select(['id', 'regions'])
    .forUpdate()
    .execute();
  for (const { id, regions } of planned) {
    const next = events.reduce<string[]>((codes, { data }) => followScopes(codes, data.codes), regions);
    if (next.join() === regions.join()) continue;
    await tx.sql.updateTable('evaluation').set({ regions: next }).where('id', '=', id).execute();
  }
});

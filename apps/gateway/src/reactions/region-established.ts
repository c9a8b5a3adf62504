import { regionEstablished } from '@bangfu/events/catalog/identification';
import { reaction } from '../operations.ts';

/** Keeps the read copy of the divisions, from which the county has its name. */
export const onRegionEstablished = reaction(regionEstablished, async ({ tx, events }) => {
  const regions = events.map(({ countycode, data: { id, code, level, name, parentCode } }) => ({
    id,
    county_code: countycode,
    code,
    level,
    name,
    parent_code: parentCode,
  }));
  await tx.sql
    .insertInto('region')
    .values(regions)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        code: eb.ref('excluded.code'),
        level: eb.ref('excluded.level'),
        name: eb.ref('excluded.name'),
        parent_code: eb.ref('excluded.parent_code'),
      })),
    )
    .execute();
});

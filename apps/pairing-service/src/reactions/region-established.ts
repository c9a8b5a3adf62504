import { insertMany } from '@bangfu/data/insert-many';
import { regionEstablished } from '@bangfu/events/catalog/identification';
import { sql } from 'kysely';
import { reaction } from '../operations.ts';

/** Keeps the divisions' names, by which lists of units name their villages, and where they lie, by which plans are made. */
export const onRegionEstablished = reaction(regionEstablished, async ({ tx, events }) => {
  // Of several events about one division the last counts.
  const regions = new Map(events.map(({ data }) => [data.code, data]));
  const rows = [...regions.values()].map((region) => ({
    code: region.code,
    county_code: `${region.code.slice(0, 6)}000000`,
    level: region.level,
    name: region.name,
    parent_code: region.parentCode,
    longitude: region.longitude ?? null,
    latitude: region.latitude ?? null,
    neighbours: (region.neighbours ?? []).toSorted(),
  }));
  await insertMany(tx.sql, 'region_copy', rows, (insert) =>
    insert.onConflict((on) =>
      on.column('code').doUpdateSet((eb) => ({
        level: eb.ref('excluded.level'),
        name: eb.ref('excluded.name'),
        parent_code: eb.ref('excluded.parent_code'),
        longitude: eb.ref('excluded.longitude'),
        latitude: eb.ref('excluded.latitude'),
        neighbours: eb.ref('excluded.neighbours'),
        recorded_at: sql<Date>`now()`,
      })),
    ),
  );
});

import { regionEstablished } from '@bangfu/events/catalog/identification';
import type { Reactions } from '@bangfu/events/inbox/consume';

/** Keeps the divisions' names, by which lists of units name their villages, and where they lie, by which plans are made. */
export const REGION_REACTIONS: Reactions = {
  [regionEstablished.type]: {
    batch: async (sql, events) => {
      await sql.query(
        `INSERT INTO region_copy (code, county_code, level, name, parent_code, longitude, latitude, neighbours)
         SELECT DISTINCT ON (d->>'code') d->>'code', left(d->>'code', 6) || '000000', d->>'level', d->>'name', d->>'parentCode',
           (d->>'longitude')::float8, (d->>'latitude')::float8,
           coalesce((SELECT array_agg(b.code ORDER BY b.code) FROM jsonb_array_elements_text(d->'neighbours') b (code)), '{}')
         FROM unnest($1::text[]) WITH ORDINALITY AS e (data, n), LATERAL (SELECT e.data::jsonb AS d) t
         ORDER BY d->>'code', n DESC
         ON CONFLICT (code) DO UPDATE SET level = excluded.level, name = excluded.name,
           parent_code = excluded.parent_code, longitude = excluded.longitude, latitude = excluded.latitude,
           neighbours = excluded.neighbours, recorded_at = now()`,
        [events.map((event) => JSON.stringify(event.data))],
      );
    },
  },
};

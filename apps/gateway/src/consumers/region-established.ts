import { regionEstablished } from '@bangfu/events/catalog/identification';
import { reaction } from '@bangfu/events/inbox/apply';

/** Keeps the read copy of the divisions, from which the county has its name. */
export const onRegionEstablished = reaction(regionEstablished, async (sql, events) => {
  const data = events.map((event) => event.data);
  await sql.query(
    `INSERT INTO public.region (id, county_code, code, level, name, parent_code)
     SELECT r.id::uuid, r.county_code, r.code, r.level, r.name, r.parent_code
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS r (id, county_code, code, level, name, parent_code)
     ON CONFLICT (id) DO UPDATE SET code = excluded.code, level = excluded.level, name = excluded.name,
       parent_code = excluded.parent_code`,
    [
      data.map((region) => region.id),
      events.map((event) => event.countycode),
      data.map((region) => region.code),
      data.map((region) => region.level),
      data.map((region) => region.name),
      data.map((region) => region.parentCode),
    ],
  );
});

import type { HouseholdUse, HouseholdUseName } from '@bangfu/events/catalog/uses';
import { FRAME_USE, HOUSEHOLD_USES } from '@bangfu/events/catalog/uses';
import type { Envelope } from '@bangfu/events/envelope';
import { reaction, type Reactions } from '@bangfu/events/inbox/apply';
import type { Sql } from '@bangfu/data/sql';
import { scopePrefix, type RegionCode } from '@bangfu/domain/shared/region';
import { likeAny } from '@bangfu/data/scope';

/** What an import is not undone under. Dividends are not among them: they are income evidence here. */
export type KeptUse = HouseholdUseName | (typeof FRAME_USE)['name'];

/** Keeps the first time of each: a pairing that is handed over stays the pairing it was. */
async function keepUses(sql: Sql, what: string, use: HouseholdUse, events: readonly Envelope[]): Promise<void> {
  await sql.query(
    `INSERT INTO household_use (source_service, source_id, county_code, household_id, what, used_at)
     SELECT $1, n.source, n.county, n.household, $2, n.used
     FROM unnest($3::text[], $4::text[], $5::uuid[], $6::timestamptz[]) AS n (source, county, household, used)
     ON CONFLICT (source_service, source_id) DO NOTHING`,
    [
      use.service,
      what,
      events.map(({ data }) => use.begins.sourceOf(data)),
      events.map(({ countycode }) => countycode),
      events.map(({ data }) => String(data['householdId'])),
      events.map(({ time }) => time),
    ],
  );
}

async function dropUses(sql: Sql, use: HouseholdUse, events: readonly Envelope[]): Promise<void> {
  await sql.query('DELETE FROM household_use WHERE source_service = $1 AND source_id = ANY ($2::text[])', [
    use.service,
    events.map(({ data }) => use.ends?.sourceOf(data) ?? ''),
  ]);
}

/** Which households others build on now: an import is not undone under it. */
export const onHouseholdUses: Reactions = Object.fromEntries(
  Object.entries<HouseholdUse>(HOUSEHOLD_USES).flatMap(([what, use]) => [
    [use.begins.type, { batch: (sql: Sql, events: readonly Envelope[]) => keepUses(sql, what, use, events) }],
    ...(use.ends
      ? [[use.ends.type, { batch: (sql: Sql, events: readonly Envelope[]) => dropUses(sql, use, events) }]]
      : []),
  ]),
);

/** A frame holds every household of its divisions as they are when it is frozen. */
export const onFrameFrozen: Reactions = reaction(FRAME_USE.begins, async (sql, events) => {
  for (const { data, countycode, time } of events) {
    await sql.query(
      `INSERT INTO household_use (source_service, source_id, county_code, household_id, what, used_at)
       SELECT $1, $2 || ' ' || h.id, h.county_code, h.id, $3, $4::timestamptz FROM household h
       WHERE h.county_code = $5 AND h.village_code LIKE ANY ($6::text[])
       ON CONFLICT (source_service, source_id) DO NOTHING`,
      [
        FRAME_USE.service,
        data.evaluationId,
        FRAME_USE.name,
        time,
        countycode,
        likeAny((data.regions ?? [countycode]).map((code) => scopePrefix(code as RegionCode))),
      ],
    );
  }
});

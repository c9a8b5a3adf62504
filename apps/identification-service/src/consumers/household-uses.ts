import { householdPaired, householdReleased } from '@bangfu/events/catalog/pairing';
import { certificateIssued, certificateWithdrawn } from '@bangfu/events/catalog/training';
import type { Envelope } from '@bangfu/events/envelope';
import { reaction, type Reactions } from '@bangfu/events/inbox/apply';
import type { Sql } from '@bangfu/events/sql';

/** What other services build on a household. Dividends are not among them: they are income evidence here. */
export type HouseholdUse = 'pairing' | 'certificate';

interface Use {
  readonly event: Envelope;
  readonly sourceId: string;
  readonly householdId: string;
}

/** Keeps the first time of each: a pairing that is handed over stays the pairing it was. */
async function keepUses(sql: Sql, service: string, what: HouseholdUse, uses: readonly Use[]): Promise<void> {
  await sql.query(
    `INSERT INTO household_use (source_service, source_id, county_code, household_id, what, used_at)
     SELECT $1, n.source, n.county, n.household, $2, n.used
     FROM unnest($3::text[], $4::text[], $5::uuid[], $6::timestamptz[]) AS n (source, county, household, used)
     ON CONFLICT (source_service, source_id) DO NOTHING`,
    [
      service,
      what,
      uses.map(({ sourceId }) => sourceId),
      uses.map(({ event }) => event.countycode),
      uses.map(({ householdId }) => householdId),
      uses.map(({ event }) => event.time),
    ],
  );
}

async function dropUses(sql: Sql, service: string, sourceIds: readonly string[]): Promise<void> {
  await sql.query('DELETE FROM household_use WHERE source_service = $1 AND source_id = ANY ($2::text[])', [
    service,
    [...sourceIds],
  ]);
}

/** Which households others build on now: an import is not taken back from under them. */
export const onHouseholdUses: Reactions = {
  ...reaction(householdPaired, (sql, events) =>
    keepUses(
      sql,
      'pairing',
      'pairing',
      events.map((event) => ({ event, sourceId: event.data.householdId, householdId: event.data.householdId })),
    ),
  ),
  ...reaction(householdReleased, (sql, events) =>
    dropUses(
      sql,
      'pairing',
      events.map(({ data }) => data.householdId),
    ),
  ),
  ...reaction(certificateIssued, (sql, events) =>
    keepUses(
      sql,
      'training',
      'certificate',
      events.map((event) => ({ event, sourceId: event.data.certificateId, householdId: event.data.householdId })),
    ),
  ),
  ...reaction(certificateWithdrawn, (sql, events) =>
    dropUses(
      sql,
      'training',
      events.map(({ data }) => data.certificateId),
    ),
  ),
};

import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { PoolClient } from '@bangfu/data/pool';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { countByRule } from '../../quality/keep-breaches.ts';
import { checkRows, type KeptBreach } from '../../quality/rule-rows.ts';
import { REGISTER_PERSONS, sameIdBreaches } from '../../quality/same-id.ts';
import { mergedRows } from './merged-rows.ts';
import type { StagedRoster } from './stage.ts';

/** What the data-quality rules say of the households of a compared roster, as they will be after the import. */
export interface RosterQuality {
  readonly counts: Record<string, number>;
  readonly breaches: readonly KeptBreach[];
}

/** Runs the rules over every household of the roster that is not held back; they hold nothing back themselves. */
export async function rosterBreaches(
  client: PoolClient,
  staged: StagedRoster,
  county: string,
  today: BusinessDay,
  cipher: Cipher,
  progress: (households: number) => Promise<void>,
): Promise<RosterQuality> {
  const merged = mergedRows(staged);
  const { breaches } = await checkRows(client, merged, [], county, today, progress);
  const columns =
    'person_id, household_id, village_code, status, monitored_kind, has_certificate, id_sealed, sealed_for, id_index';
  const everybody = `SELECT ${columns} FROM (${merged}) merged
    UNION ALL SELECT ${columns} FROM (${REGISTER_PERSONS}) other
    WHERE NOT EXISTS (SELECT 1 FROM roster_household n WHERE n.id = other.household_id)`;
  const shared = await sameIdBreaches(client, cipher, everybody, county);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM roster_household WHERE id = ANY ($1::uuid[])', [
    shared.map(({ householdId }) => householdId),
  ]);
  const brought = new Set(rows.map(({ id }) => id));
  const counted = [...breaches, ...shared.filter(({ householdId }) => brought.has(householdId))];
  return { counts: countByRule(counted), breaches };
}

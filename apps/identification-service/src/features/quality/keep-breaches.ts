import type { PoolClient } from '@bangfu/service-kit/db/pool';
import type { KeptBreach } from './rule-rows.ts';

/** Replaces the breaches of the households a condition on `b.household_id` selects by those found now. */
export async function replaceBreaches(
  client: PoolClient,
  county: string,
  condition: string,
  params: readonly unknown[],
  breaches: readonly KeptBreach[],
): Promise<void> {
  await client.query(`DELETE FROM quality_breach b WHERE ${condition}`, [...params]);
  const BATCH = 20_000;
  for (let at = 0; at < breaches.length; at += BATCH) {
    const some = breaches.slice(at, at + BATCH);
    await client.query(
      `INSERT INTO quality_breach (county_code, household_id, village_code, rule_id, subject_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[])`,
      [
        county,
        some.map((b) => b.householdId),
        some.map((b) => b.villageCode),
        some.map((b) => b.ruleId),
        some.map((b) => b.subjectId),
      ],
    );
  }
}

/** How often each rule is broken, by rule id. */
export function countByRule(breaches: readonly KeptBreach[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ruleId } of breaches) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

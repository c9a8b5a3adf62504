import { SAME_ID_RULE } from '@bangfu/domain/identification/quality/identity';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { PoolClient } from '@bangfu/data/pool';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { checkRows, type KeptBreach, registerRows } from './rule-rows.ts';
import { REGISTER_PERSONS, sameIdBreaches } from './same-id.ts';

/** What a run of the rules over the register found. */
export interface CheckedRegister {
  readonly households: number;
  readonly persons: number;
  readonly breaches: readonly KeptBreach[];
}

/**
 * Runs every rule over the register's households `h` that fit the condition and keeps what it finds: the same at the
 * undo of an import, at a check on demand and after each case. Call it in the transaction that changed them.
 * @param condition on `h`, its parameters numbered from $1
 */
export async function judgeHouseholds(
  client: PoolClient,
  cipher: Cipher,
  county: string,
  today: BusinessDay,
  condition: string,
  params: readonly unknown[],
  progress: (households: number) => Promise<void> = async () => undefined,
): Promise<CheckedRegister> {
  const found = await checkRows(client, registerRows(condition), params, county, today, progress);
  const ids = `SELECT h.id FROM household h WHERE ${condition}`;
  const shared = await keepBreaches(client, cipher, county, `IN (${ids})`, params, found.breaches);
  const { rows } = await client.query<{ id: string }>(`${ids} AND h.id = ANY ($${params.length + 1}::uuid[])`, [
    ...params,
    shared.map(({ householdId }) => householdId),
  ]);
  const asked = new Set(rows.map(({ id }) => id));
  return { ...found, breaches: [...found.breaches, ...shared.filter(({ householdId }) => asked.has(householdId))] };
}

/**
 * Replaces the breaches of the households that `condition` (after `household_id`) selects by those found now, and those
 * of the rule over all persons of the county, which may end or begin at households nobody touched.
 * @returns the breaches of that rule
 */
export async function keepBreaches(
  client: PoolClient,
  cipher: Cipher,
  county: string,
  condition: string,
  params: readonly unknown[],
  breaches: readonly KeptBreach[],
): Promise<readonly KeptBreach[]> {
  await client.query(`DELETE FROM quality_breach WHERE household_id ${condition}`, [...params]);
  await client.query('DELETE FROM quality_breach WHERE county_code = $1 AND rule_id = $2', [county, SAME_ID_RULE.id]);
  const shared = await sameIdBreaches(client, cipher, REGISTER_PERSONS, county);
  await insertBreaches(client, county, [...breaches, ...shared]);
  return shared;
}

async function insertBreaches(client: PoolClient, county: string, breaches: readonly KeptBreach[]): Promise<void> {
  const BATCH = 20_000;
  for (let at = 0; at < breaches.length; at += BATCH) {
    const some = breaches.slice(at, at + BATCH);
    await client.query(
      `INSERT INTO quality_breach (county_code, household_id, village_code, rule_id, subject_id, policy_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[])`,
      [
        county,
        some.map((b) => b.householdId),
        some.map((b) => b.villageCode),
        some.map((b) => b.ruleId),
        some.map((b) => b.subjectId),
        some.map((b) => b.policyId),
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

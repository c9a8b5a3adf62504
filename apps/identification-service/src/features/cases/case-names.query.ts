import type { Pool } from '@bangfu/data/pool';

/** Whom the papers of cases may name in their sentences: the households' members, and who applied for them. */
export async function findCaseNames(pool: Pool, caseIds: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT p.name FROM case_file c JOIN person p ON p.household_id = c.household_id WHERE c.id = ANY ($1::uuid[])
     UNION
     SELECT e.details->>'applicant' FROM case_event e WHERE e.case_id = ANY ($1::uuid[]) AND e.details ? 'applicant'`,
    [[...caseIds]],
  );
  return rows.map(({ name }) => name);
}

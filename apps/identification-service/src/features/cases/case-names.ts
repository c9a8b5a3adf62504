import type { ReadSql } from '@bangfu/data/typed-sql';
import { sql, type SqlBool } from 'kysely';
import type { Tables } from '../../operations.ts';

/** Whom the papers of cases may name in their sentences: the households' members, and who applied for them. */
export async function findCaseNames(read: ReadSql<Tables>, caseIds: readonly string[]): Promise<string[]> {
  const applicants = read
    .selectFrom('case_event as e')
    .where('e.case_id', 'in', caseIds)
    .where(({ ref }) => sql<SqlBool>`${ref('e.details')} ? 'applicant'`)
    .select(({ ref }) => sql<string>`${ref('e.details')}->>'applicant'`.as('name'));
  const rows = await read
    .selectFrom('case_file as c')
    .innerJoin('person as p', 'p.household_id', 'c.household_id')
    .where('c.id', 'in', caseIds)
    .select('p.name')
    .union(applicants)
    .execute();
  return rows.map(({ name }) => name);
}

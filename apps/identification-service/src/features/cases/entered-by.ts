import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';

/**
 * Imports whose data a household holds: that created it or changed it or a member of it, and were not taken back. SQL
 * for the ids, given the expression of the household's id.
 */
const importsOf = (household: string) => `
  SELECT h.import_id FROM household h WHERE h.id = ${household}
  UNION ALL SELECT p.import_id FROM person p WHERE p.household_id = ${household}
  UNION ALL SELECT v.replaced_by FROM household_version v WHERE v.household_id = ${household}
  UNION ALL SELECT (v.household->>'import_id')::uuid FROM household_version v WHERE v.household_id = ${household}`;

const COUNTS = `i.state IN ('committing', 'committed')`;

/**
 * SQL for the accounts that entered a household, given the expression of its id: who brought an import's file and who
 * committed it (roles.md, separation of duties). One column, text.
 */
export const enteredBy = (household: string) => `
  SELECT i.account_id FROM roster_import i WHERE ${COUNTS} AND i.id IN (${importsOf(household)})
  UNION SELECT j.account_id FROM roster_import i JOIN platform.job j ON j.id = i.job_id
    WHERE ${COUNTS} AND i.id IN (${importsOf(household)})`;

/**
 * SQL for whether a caller entered a household, given the expressions of the account and the household's id. Who only
 * looks decides nothing, and the read-only role does not see the jobs that say who committed a file.
 */
export const hasEntered = (caller: Caller, account: string, household: string): string =>
  readsMasked(caller) ? `${account}::text IS NULL` : `${account}::text IN (${enteredBy(household)})`;

import { recordResults } from '@bangfu/contracts/training/enrolments';
import { printSlips } from '@bangfu/contracts/training/satisfaction';
import { type Satisfaction, satisfactionOf } from '@bangfu/domain/training/satisfaction';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { callingAs, type Reader } from '@bangfu/platform/steps';
import { classVisible, learnerVisible, visibleTo } from './visible.ts';

/** A class's figure by its participants' own answers, and of how many the provider once told one. */
export async function readSatisfaction(
  sql: Sql,
  classId: string,
): Promise<Satisfaction & { readonly toldByProvider: number }> {
  const [row] = await sql.query<{ answers: number; sum: number; told: number }>(
    `SELECT count(n.score)::int AS answers, coalesce(sum(n.score), 0)::int AS sum, count(e.satisfaction)::int AS told
     FROM enrolment e LEFT JOIN satisfaction_answer n ON n.enrolment_id = e.id WHERE e.class_id = $1::uuid`,
    [classId],
  );
  const { told = 0, ...given } = row ?? { answers: 0, sum: 0 };
  return { ...satisfactionOf(given), toldByProvider: told };
}

/** Those of some classes that an account keeps or has entered a result of: by its grants of now, or by its hand. */
export async function keptClasses(
  sql: Sql,
  by: Pick<Reader, 'caller' | 'now'>,
  classIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    `SELECT c.id::text AS id FROM training_class c WHERE c.id = ANY ($4::text[]::uuid[]) AND (${classVisible(1)}
       OR EXISTS (SELECT 1 FROM enrolment e WHERE e.class_id = c.id AND e.marked_by = $5))`,
    [...visibleTo(callingAs(by, recordResults)), [...classIds], by.caller.id],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether an account keeps one class or has entered a result of it. */
export const keepsClass = async (sql: Sql, by: Pick<Reader, 'caller' | 'now'>, classId: string): Promise<boolean> =>
  (await keptClasses(sql, by, [classId])).size > 0;

/** An account as the rule of slips sees it. */
export async function slipPrinter(sql: Sql, by: Pick<Reader, 'caller' | 'now'>, classId: string) {
  const own = await ownLearners(sql, callingAs(by, printSlips), classId);
  return { keepsClass: await keepsClass(sql, by, classId), ownLearners: own.length };
}

/** The learners of a class within a caller's regions who have not left, those of one household together. */
export function ownLearners(
  sql: Sql,
  caller: Caller,
  classId: string,
): Promise<{ id: string; personName: string; householdNumber: string; villageName: string }[]> {
  return sql.query(
    `SELECT e.id::text AS id, e.person_name AS "personName", e.household_number AS "householdNumber",
       e.village_name AS "villageName"
     FROM enrolment e JOIN training_class c ON c.id = e.class_id
     WHERE e.class_id = $4::uuid AND e.withdrawn_on IS NULL AND ${learnerVisible(1)}
     ORDER BY e.village_code, e.household_number, e.person_name, e.id`,
    [...visibleTo(caller), classId],
  );
}

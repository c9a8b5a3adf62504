import type { Certificate } from '@bangfu/contracts/training/certificates';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { learnerVisible, visibleTo } from '../../db/visible.ts';

/** A certificate as it is shown, over CERTIFICATE_TABLES: in the words of the day it was issued. */
export const CERTIFICATE_COLUMNS = `t.id::text AS id, t.number, t.class_id::text AS "classId", t.class_name AS "className",
  t.course_name AS "courseName", t.lessons, t.provider_name AS "providerName", t.begins::text AS begins,
  t.ends::text AS ends, t.person_name AS "personName", t.household_id::text AS "householdId",
  t.household_number AS "householdNumber", t.township_name AS "townshipName", t.village_name AS "villageName", t.mark, t.issued_on::text AS "issuedOn",
  t.withdrawn_on::text AS "withdrawnOn", t.version`;
export const CERTIFICATE_TABLES = `certificate t JOIN enrolment e ON e.id = t.enrolment_id
  JOIN training_class c ON c.id = t.class_id`;

/** Some certificates of the caller's scope, in the order of their numbers. */
export function findCertificatesById(sql: Sql, caller: Caller, ids: readonly string[]): Promise<Certificate[]> {
  return sql.query<Certificate>(
    `SELECT ${CERTIFICATE_COLUMNS} FROM ${CERTIFICATE_TABLES}
     WHERE ${learnerVisible(1)} AND t.id = ANY ($4::text[]::uuid[]) ORDER BY t.year, t.serial`,
    [...visibleTo(caller), [...ids]],
  );
}

/** One certificate. @throws Refusal 404 */
export async function getCertificate(sql: Sql, caller: Caller, id: string): Promise<Certificate> {
  const [row] = await findCertificatesById(sql, caller, [id]);
  if (!row) throw notFound();
  return row;
}

import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The providers a caller speaks for. */
export function providersOf(caller: Caller): string[] {
  return scopeIds(caller, 'provider').filter((id) => UUID.test(id));
}

/** Classes are the county's: who holds any region of it sees all, a provider its own. */
function visibleClasses(caller: Caller): Prisma.TrainingClassWhereInput {
  const byRegion = regionPrefixes(caller).length > 0;
  return { countyCode: caller.countyCode, ...(byRegion ? {} : { providerId: { in: providersOf(caller) } }) };
}

/** What a caller may look into, as the three parameters of the conditions below: county, village patterns, providers. */
export function visibleTo(caller: Caller): [string, string[], string[]] {
  return [caller.countyCode, likeAny(regionPrefixes(caller)), providersOf(caller)];
}

/** The same as `visibleClasses` over `training_class c`; its parameters stand from $n on. */
export const classVisible = (n: number): string =>
  `c.county_code = $${n} AND (cardinality($${n + 1}::text[]) > 0 OR c.provider_id::text = ANY ($${n + 2}::text[]))`;

/** The condition over `enrolment e` beside its class: learners are seen by region, or by the provider of their class. */
export const learnerVisible = (n: number): string =>
  `c.county_code = $${n} AND (e.village_code LIKE ANY ($${n + 1}::text[]) OR c.provider_id::text = ANY ($${n + 2}::text[]))`;

/** Whether the caller sees a class. */
export async function seesClass(sql: Sql, caller: Caller, classId: string): Promise<boolean> {
  const found = await sql.query(`SELECT 1 FROM training_class c WHERE c.id = $4::uuid AND ${classVisible(1)}`, [
    ...visibleTo(caller),
    classId,
  ]);
  return found.length > 0;
}

/** For a reading call: that the caller sees a class. @throws Refusal 404 */
export async function demandVisibleClass(sql: Sql, caller: Caller, classId: string): Promise<void> {
  if (!(await seesClass(sql, caller, classId))) throw notFound();
}

/** A class the caller sees. @throws Refusal 404 */
export async function getVisibleClass(tx: Pick<Tx, 'trainingClass'>, caller: Caller, classId: string) {
  const row = await tx.trainingClass.findFirst({
    where: { id: classId, ...visibleClasses(caller) },
    include: { course: true, provider: true },
  });
  if (!row) throw notFound();
  return row;
}

/**
 * The same, locked until the transaction ends: places, attendance, results and certificates of one class change one
 * after the other. @throws Refusal 404
 */
export async function lockVisibleClass(tx: Tx, sql: Sql, caller: Caller, classId: string) {
  await sql.query('SELECT id FROM training_class WHERE id = $1::uuid FOR UPDATE', [classId]);
  return getVisibleClass(tx, caller, classId);
}

/** A session of a class the caller sees, its class locked. @throws Refusal 404 */
export async function lockVisibleSession(tx: Tx, sql: Sql, caller: Caller, sessionId: string) {
  const found = await tx.session.findUnique({ where: { id: sessionId }, select: { classId: true } });
  if (!found) throw notFound();
  const group = await lockVisibleClass(tx, sql, caller, found.classId);
  const session = await tx.session.findUniqueOrThrow({ where: { id: sessionId } });
  return { group, session };
}

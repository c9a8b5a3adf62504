import { inRegions } from '@bangfu/data/scope';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../operations.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type WithClass = Tables & { c: Tables['training_class'] };
type WithLearner = WithClass & { e: Tables['enrolment'] };

/** The providers a caller speaks for. */
export function providersOf(caller: Caller): string[] {
  return scopeIds(caller, 'provider').filter((id) => UUID.test(id));
}

/** Of `training_class c`: classes are the county's. Who holds any region of it sees all, a provider its own. */
export const classVisible = (eb: ExpressionBuilder<WithClass, 'c'>, caller: Caller) =>
  eb.and([
    eb('c.county_code', '=', caller.countyCode),
    ...(regionPrefixes(caller).length > 0 ? [] : [eb('c.provider_id', 'in', providersOf(caller))]),
  ]);

/** Of `enrolment e` and its class `c`: learners are seen by region, or by the provider of their class. */
export const learnerVisible = (eb: ExpressionBuilder<WithLearner, 'c' | 'e'>, caller: Caller) =>
  eb.and([
    eb('c.county_code', '=', caller.countyCode),
    eb.or([
      inRegions(eb.ref('e.village_code'), regionPrefixes(caller)),
      eb('c.provider_id', 'in', providersOf(caller)),
    ]),
  ]);

/** Whether the caller sees a class. */
export async function seesClass(read: ReadSql<Tables>, caller: Caller, classId: string): Promise<boolean> {
  const found = await read
    .selectFrom('training_class as c')
    .where('c.id', '=', classId)
    .where((eb) => classVisible(eb, caller))
    .select('c.id')
    .executeTakeFirst();
  return found !== undefined;
}

/** For a reading call: that the caller sees a class. @throws Refusal 404 */
export async function demandVisibleClass(read: ReadSql<Tables>, caller: Caller, classId: string): Promise<void> {
  if (!(await seesClass(read, caller, classId))) throw notFound();
}

/** A class the caller sees, with the words of its course and provider. @throws Refusal 404 */
export async function getVisibleClass(read: ReadSql<Tables>, caller: Caller, classId: string) {
  const found = await read
    .selectFrom('training_class as c')
    .innerJoin('course as k', 'k.id', 'c.course_id')
    .innerJoin('provider as p', 'p.id', 'c.provider_id')
    .where('c.id', '=', classId)
    .where((eb) => classVisible(eb, caller))
    .select(['c.id', 'c.county_code as countyCode', 'c.name', 'c.begins', 'c.ends', 'c.capacity'])
    .select(['c.course_id as courseId', 'k.name as courseName', 'k.lessons'])
    .select(['c.provider_id as providerId', 'p.name as providerName'])
    .executeTakeFirst();
  if (!found) throw notFound();
  return found;
}

/**
 * The same, locked until the transaction ends: places, attendance, results and certificates of one class change one
 * after the other. @throws Refusal 404
 */
export async function lockVisibleClass({ sql: write }: Transaction<Tables>, caller: Caller, classId: string) {
  await write.selectFrom('training_class').where('id', '=', classId).select('id').forUpdate().execute();
  return getVisibleClass(write, caller, classId);
}

/** A session of a class the caller sees, its class locked. @throws Refusal 404 */
export async function lockVisibleSession(tx: Transaction<Tables>, caller: Caller, sessionId: string) {
  const one = tx.sql.selectFrom('class_session as s').where('s.id', '=', sessionId);
  const found = await one.select('s.class_id as classId').executeTakeFirst();
  if (!found) throw notFound();
  const group = await lockVisibleClass(tx, caller, found.classId);
  const session = await one
    .select(['s.id', 's.county_code as countyCode', 's.day', 's.cancelled', 's.version'])
    .executeTakeFirstOrThrow();
  return { group, session };
}

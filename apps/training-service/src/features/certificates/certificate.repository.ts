import type { Certificate } from '@bangfu/contracts/training/certificates';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import { learnerVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

/** Certificates `t` as they are shown: in the words of the day they were issued. */
export const shownCertificates = (read: ReadSql<Tables>) =>
  read
    .selectFrom('certificate as t')
    .innerJoin('enrolment as e', 'e.id', 't.enrolment_id')
    .innerJoin('training_class as c', 'c.id', 't.class_id')
    .select(['t.id', 't.number', 't.class_id as classId', 't.class_name as className', 't.course_name as courseName'])
    .select(['t.lessons', 't.provider_name as providerName', 't.begins', 't.ends', 't.person_name as personName'])
    .select(['t.household_id as householdId', 't.household_number as householdNumber'])
    .select(['t.township_name as townshipName', 't.village_name as villageName', 't.mark'])
    .select(['t.issued_on as issuedOn', 't.withdrawn_on as withdrawnOn', 't.version'])
    .select(({ ref }) => policyBasis(ref('t.policy_id')).as('basis'));

/** Some certificates of the caller's scope, in the order of their numbers. */
export function findCertificatesById(
  read: ReadSql<Tables>,
  caller: Caller,
  ids: readonly string[],
): Promise<Certificate[]> {
  return shownCertificates(read)
    .where('t.id', 'in', ids)
    .where((eb) => learnerVisible(eb, caller))
    .orderBy('t.year')
    .orderBy('t.serial')
    .execute();
}

/** One certificate. @throws Refusal 404 */
export async function getVisibleCertificate(read: ReadSql<Tables>, caller: Caller, id: string): Promise<Certificate> {
  const [found] = await findCertificatesById(read, caller, [id]);
  if (!found) throw notFound();
  return found;
}

import { CERTIFICATES } from '@bangfu/contracts/training/policies';
import { policyOn } from '@bangfu/platform/policy/policy-on';
import type { CertificatePolicy } from '@bangfu/domain/training/policy';
import * as contract from '@bangfu/contracts/training/certificates';
import type { Transaction } from '@bangfu/data/typed-sql';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { attended, certificateNumber, demandIssue } from '@bangfu/domain/training/certificate';
import { certificateIssued } from '@bangfu/events/catalog/training';
import type { Reader } from '@bangfu/platform/steps';
import { notFound } from '@bangfu/platform/http/refusal';
import { courseCertificates } from '../../../db/course-certificates.ts';
import { lockPersons } from '../../../db/lock-persons.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command, type Tables } from '../../../operations.ts';
import { type Reason, refusalBy } from '../../../reason.ts';
import { findCertificatesById } from '../certificate.repository.ts';

/**
 * Issues certificates to those of the named learners who attended enough and passed; the others are named with what
 * is missing. Who entered a learner's result cannot issue his certificate (roles, separation of duties).
 * @throws Refusal 404
 */
export const issueCertificates = command(contract.issueCertificates, async (call) => {
  const { tx, caller, now, audit } = call;
  const { classId } = call.params;
  const issuedOn = businessDayOf(now);
  const year = Number(issuedOn.slice(0, 4));
  const group = await lockVisibleClass(tx, caller, classId);
  const { countyCode, courseId, courseName } = group;
  const policy = await policyOn(tx.sql, countyCode, CERTIFICATES, issuedOn);
  const enrolmentIds = [...new Set(call.body.enrolmentIds)];
  const { learners, reasonAgainst } = await judge(tx, { ...group, policy: policy.value }, enrolmentIds, call);
  const worthy = learners.filter((learner) => reasonAgainst(learner) === null);
  const first = worthy.length === 0 ? 0 : await takeSerials(tx, countyCode, year, worthy.length);
  const rows = worthy.map((learner, at) => ({
    id: call.newId(),
    county_code: countyCode,
    number: certificateNumber(countyCode.slice(0, 6), year, first + at),
    year,
    serial: first + at,
    class_id: classId,
    enrolment_id: learner.id,
    person_id: learner.personId,
    household_id: learner.householdId,
    village_code: learner.villageCode,
    // The paper keeps the words of its day: what they were taken from may be renamed.
    course_id: courseId,
    course_name: courseName,
    lessons: group.lessons,
    class_name: group.name,
    provider_name: group.providerName,
    begins: group.begins,
    ends: group.ends,
    person_name: learner.personName,
    household_number: learner.householdNumber,
    village_name: learner.villageName,
    township_name: learner.townshipName,
    mark: learner.mark ?? 0,
    issued_on: issuedOn,
    policy_id: policy.id,
  }));
  if (rows.length > 0) await tx.sql.insertInto('certificate').values(rows).execute();
  else audit.nothing();
  for (const row of rows) {
    audit.change('certificate', row.id, null, { number: row.number, enrolmentId: row.enrolment_id });
    call.emit(
      certificateIssued.of(countyCode, {
        certificateId: row.id,
        number: row.number,
        householdId: row.household_id,
        householdNumber: row.household_number,
        personId: row.person_id,
        personName: row.person_name,
        courseId,
        courseName,
        className: group.name,
        issuedOn,
      }),
    );
  }
  return {
    issued: await findCertificatesById(
      tx.sql,
      caller,
      rows.map(({ id }) => id),
    ),
    refused: learners.flatMap((learner) => {
      const reason = reasonAgainst(learner);
      return reason ? [{ ...reason, enrolmentId: learner.id, personName: learner.personName }] : [];
    }),
  };
});

/** The named learners of a class, and what each one lacks. @throws Refusal 404 when one is not of the class */
async function judge(
  tx: Transaction<Tables>,
  group: { readonly id: string; readonly ends: string; readonly courseId: string; readonly policy: CertificatePolicy },
  enrolmentIds: readonly string[],
  { caller, now, language }: Reader,
) {
  const classId = group.id;
  const learners = await tx.sql
    .selectFrom('enrolment as e')
    .where('e.class_id', '=', classId)
    .where('e.id', 'in', enrolmentIds)
    .orderBy('e.village_code')
    .orderBy('e.household_number')
    .orderBy('e.id')
    .select(['e.id', 'e.person_id as personId', 'e.person_name as personName', 'e.household_id as householdId'])
    .select(['e.household_number as householdNumber', 'e.village_code as villageCode', 'e.village_name as villageName'])
    .select(['e.township_name as townshipName', 'e.mark', 'e.marked_by as markedBy', 'e.withdrawn_on as withdrawnOn'])
    .execute();
  if (learners.length < enrolmentIds.length) throw notFound();
  const persons = learners.map(({ personId }) => personId);
  const marks = await tx.sql
    .selectFrom('attendance as a')
    .where('a.enrolment_id', 'in', enrolmentIds)
    .select(['a.enrolment_id as enrolmentId', 'a.session_id as sessionId', 'a.mark'])
    .execute();
  const sheets = Map.groupBy(marks, ({ enrolmentId }) => enrolmentId);
  const certified = await tx.sql
    .selectFrom('certificate as t')
    .where('t.enrolment_id', 'in', enrolmentIds)
    .where('t.withdrawn_on', 'is', null)
    .select('t.enrolment_id as id')
    .execute();
  const holders = new Set(certified.map(({ id }) => id));
  await lockPersons(tx, persons);
  const ofCourse = await courseCertificates(tx.sql, group.courseId, persons, classId);
  const stored = await tx.sql
    .selectFrom('class_session as s')
    .where('s.class_id', '=', classId)
    .select(['s.id', 's.day', 's.cancelled'])
    .execute();
  const sessions = stored.map(({ id, day, cancelled }) => ({
    id,
    day: businessDay(day),
    cancelled: cancelled !== null,
  }));
  const held = sessions.filter((each) => !each.cancelled).map(({ day }) => day);
  const lastSession = held.reduce((last, day) => (day > last ? day : last), held[0] ?? businessDay(group.ends));
  const against = new Map<string, Reason | null>();
  for (const { id, personId, mark, markedBy, withdrawnOn } of learners) {
    const sheet = (sheets.get(id) ?? []).map((each) => ({
      sessionId: each.sessionId,
      personId,
      mark: each.mark === 'present' ? ('present' as const) : ('absent' as const),
    }));
    const learner = {
      ...attended(personId, sessions, sheet),
      ...(mark === null ? {} : { mark }),
      hasCertificate: holders.has(id),
      courseCertificate: ofCourse.get(personId) ?? null,
      withdrawn: withdrawnOn !== null,
      markedBy,
    };
    const rule = () => demandIssue(learner, caller.id, lastSession, now, group.policy);
    against.set(id, refusalBy(rule, language));
  }
  return { learners, reasonAgainst: (learner: { readonly id: string }) => against.get(learner.id) ?? null };
}

/**
 * Takes the next serials of a county's year. The row stays locked until the commit, so the next one who takes waits,
 * and a rollback gives the numbers back: none is lost or doubled.
 */
async function takeSerials({ sql }: Transaction<Tables>, countyCode: string, year: number, count: number) {
  const { last } = await sql
    .insertInto('certificate_serial')
    .values({ county_code: countyCode, year, last: count })
    .onConflict((conflict) =>
      conflict
        .columns(['county_code', 'year'])
        .doUpdateSet((eb) => ({ last: eb('certificate_serial.last', '+', eb.ref('excluded.last')) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
}

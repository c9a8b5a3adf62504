import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { issueCertificates as operation } from '@bangfu/contracts/training/certificates';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { attended, certificateNumber, demandIssue } from '@bangfu/domain/training/certificate';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import { certificateIssued } from '@bangfu/events/catalog/training';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Training, Tx } from '../../../db/client.ts';
import { dateOf, dayOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { courseCertificates } from '../../../db/course-certificates.ts';
import { type Reason, refusalBy } from '../../../reason.ts';
import { findCertificatesById } from '../certificate.repository.ts';

type Answer = AnswerOf<typeof operation>;

/**
 * Issues certificates to those of the named learners who attended enough and passed; the others are named with what
 * is missing. Who entered a learner's result cannot issue his certificate (roles, separation of duties).
 * @throws Refusal 404
 */
export function issueCertificates(
  service: Training,
  actor: Actor & { readonly language: 'zh' | 'en' },
  classId: string,
  enrolmentIds: readonly string[],
): Promise<Answer> {
  const { caller, now, language } = actor;
  const today = businessDayOf(now);
  const year = Number(today.slice(0, 4));
  return runCommand(
    service.transaction,
    service.newId,
    operation,
    actor,
    { classId, enrolmentIds },
    async (tx, sql) => {
      const group = await lockVisibleClass(tx, sql, caller, classId);
      const { learners, reasonAgainst } = await judge(tx, sql, group, [...new Set(enrolmentIds)], actor, language);
      const worthy = learners.filter((learner) => reasonAgainst(learner) === null);
      const first = worthy.length === 0 ? 0 : await takeSerials(sql, group.countyCode, year, worthy.length);
      const rows = worthy.map((learner, at) => ({
        id: service.newId(now),
        countyCode: group.countyCode,
        number: certificateNumber(group.countyCode.slice(0, 6), year, first + at),
        year,
        serial: first + at,
        classId,
        enrolmentId: learner.id,
        personId: learner.personId,
        householdId: learner.householdId,
        villageCode: learner.villageCode,
        // The paper keeps the words of its day: what they were taken from may be renamed.
        courseId: group.courseId,
        courseName: group.course.name,
        lessons: group.course.lessons,
        className: group.name,
        providerName: group.provider.name,
        begins: group.begins,
        ends: group.ends,
        personName: learner.personName,
        householdNumber: learner.householdNumber,
        villageName: learner.villageName,
        townshipName: learner.townshipName,
        mark: learner.mark ?? 0,
        issuedOn: dateOf(today),
      }));
      await tx.certificate.createMany({ data: rows });
      const issued = await findCertificatesById(
        sql,
        caller,
        rows.map(({ id }) => id),
      );
      return {
        answer: {
          issued,
          refused: learners.flatMap((learner) => {
            const reason = reasonAgainst(learner);
            return reason ? [{ ...reason, enrolmentId: learner.id, personName: learner.personName }] : [];
          }),
        },
        audit: rows.map(({ id, number, enrolmentId }) => ({
          action: operation.audit ?? '',
          recordType: 'certificate',
          recordId: id,
          change: { after: { number, enrolmentId } },
        })),
        events: rows.map((row, at) =>
          certificateIssued.of(group.countyCode, {
            certificateId: row.id,
            number: row.number,
            householdId: row.householdId,
            householdNumber: worthy[at]?.householdNumber ?? '',
            personId: row.personId,
            personName: worthy[at]?.personName ?? '',
            courseId: group.courseId,
            courseName: group.course.name,
            className: group.name,
            issuedOn: today,
          }),
        ),
      };
    },
  );
}

/** The named learners of a class, and what stands against each. @throws Refusal 404 when one is not of the class */
async function judge(
  tx: Tx,
  sql: Sql,
  group: { readonly id: string; readonly ends: Date; readonly courseId: string },
  enrolmentIds: readonly string[],
  { caller, now }: Actor,
  language: 'zh' | 'en',
) {
  const classId = group.id;
  const learners = await tx.enrolment.findMany({
    where: { classId, id: { in: [...enrolmentIds] } },
    include: { attendance: true, certificates: { where: { withdrawnOn: null } } },
    orderBy: [{ villageCode: 'asc' }, { householdNumber: 'asc' }, { id: 'asc' }],
  });
  if (learners.length < enrolmentIds.length) throw notFound();
  const persons = learners.map(({ personId }) => personId);
  // Two classes of one course may issue to the same person at the same moment; one waits for the other.
  await sql.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(p, 0))::text FROM unnest($1::text[]) AS p ORDER BY p`,
    [persons],
  );
  const ofCourse = await courseCertificates(sql, group.courseId, persons, classId);
  const stored = await tx.session.findMany({ where: { classId } });
  const sessions = stored.map(({ id, day, cancelled }) => ({ id, day: dayOf(day), cancelled: cancelled !== null }));
  const standing = sessions.filter((each) => !each.cancelled).map(({ day }) => day);
  const lastSession = standing.reduce((last, day) => (day > last ? day : last), standing[0] ?? dayOf(group.ends));
  const against = new Map<string, Reason | null>();
  for (const { id, personId, mark, markedBy, withdrawnOn, attendance, certificates } of learners) {
    const sheet = attendance.map((each) => ({
      sessionId: each.sessionId,
      personId,
      mark: each.mark === 'present' ? ('present' as const) : ('absent' as const),
    }));
    const learner = {
      ...attended(personId, sessions, sheet),
      ...(mark === null ? {} : { mark }),
      hasCertificate: certificates.length > 0,
      courseCertificate: ofCourse.get(personId) ?? null,
      withdrawn: withdrawnOn !== null,
      markedBy,
    };
    const rule = () => demandIssue(learner, caller.id, lastSession, now, DEFAULT_TRAINING_POLICY);
    against.set(id, refusalBy(rule, language));
  }
  return { learners, reasonAgainst: (learner: { readonly id: string }) => against.get(learner.id) ?? null };
}

/**
 * Takes the next serials of a county's year. The row stays locked until the commit, so the next one who takes waits,
 * and a rollback gives the numbers back: none is lost or doubled.
 */
async function takeSerials(sql: Sql, countyCode: string, year: number, count: number): Promise<number> {
  const [row] = await sql.query<{ last: number }>(
    `INSERT INTO certificate_serial AS s (county_code, year, last) VALUES ($1, $2::int, $3::int)
     ON CONFLICT (county_code, year) DO UPDATE SET last = s.last + excluded.last RETURNING last`,
    [countyCode, year, count],
  );
  return (row?.last ?? 0) - count + 1;
}

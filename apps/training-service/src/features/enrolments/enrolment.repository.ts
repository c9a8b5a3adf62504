import type { Enrolment } from '@bangfu/contracts/training/enrolments';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandCertificate } from '@bangfu/domain/training/certificate';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import type { LearnerFacts } from '@bangfu/domain/training/steps';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { OF_SAME_COURSE } from '../../db/course-certificates.ts';
import { learnerVisible, visibleTo } from '../../db/visible.ts';
import { refusalBy } from '../../reason.ts';

/** A learner as the contract shows them, with what else the rules look at. */
interface Stored extends Omit<Enrolment, 'missing'> {
  /** The number of a valid certificate of the same course, from another class. */
  readonly courseCertificate: string | null;
  readonly lastSession: string;
  readonly markedBy: string | null;
  /** Marks on sheets of attendance, whatever they say. */
  readonly marks: number;
}

interface Asked {
  readonly classId: string;
  readonly ids?: readonly string[];
  readonly now: Date;
  readonly language: 'zh' | 'en';
}

/**
 * Learners of a class within the caller's scope, those who withdrew last, with what attendance and result they have.
 * Sessions held to this day count. `ids` narrows to some of them.
 */
export async function findEnrolments(sql: Sql, caller: Caller, asked: Asked): Promise<Enrolment[]> {
  return (await readLearners(sql, caller, asked)).map(({ enrolment }) => enrolment);
}

/** The same, each with what the rules look at. */
export async function readLearners(
  sql: Sql,
  caller: Caller,
  asked: Asked,
): Promise<{ enrolment: Enrolment; facts: LearnerFacts }[]> {
  const rows = await sql.query<Stored>(
    `SELECT e.id::text AS id, e.class_id::text AS "classId", e.person_id::text AS "personId", e.person_name AS "personName",
       e.household_id::text AS "householdId", e.household_number AS "householdNumber", e.township_name AS "townshipName",
       e.village_name AS "villageName", e.enrolled_on::text AS "enrolledOn", e.withdrawn_on::text AS "withdrawnOn",
       e.mark, e.marked_by AS "markedBy", e.satisfaction AS "toldSatisfaction", (n.enrolment_id IS NOT NULL) AS rated, e.version,
       t.id::text AS "certificateId", t.number AS "certificateNumber",
       (SELECT count(*) FROM attendance a WHERE a.enrolment_id = e.id)::int AS marks,
       count(s.id) FILTER (WHERE s.day <= $5::date)::int AS held,
       count(s.id) FILTER (WHERE a.mark = 'present')::int AS attended,
       coalesce(max(s.day), c.ends)::text AS "lastSession",
       (SELECT o.number FROM certificate o WHERE ${OF_SAME_COURSE('e.person_id', 'c.course_id', 'c.id')} LIMIT 1)
         AS "courseCertificate"
     FROM enrolment e JOIN training_class c ON c.id = e.class_id
     LEFT JOIN class_session s ON s.class_id = c.id AND s.cancelled IS NULL
     LEFT JOIN attendance a ON a.session_id = s.id AND a.enrolment_id = e.id
     LEFT JOIN certificate t ON t.enrolment_id = e.id AND t.withdrawn_on IS NULL
     LEFT JOIN satisfaction_answer n ON n.enrolment_id = e.id
     WHERE ${learnerVisible(1)} AND e.class_id = $4::uuid AND ($6::text[] IS NULL OR e.id::text = ANY ($6::text[]))
     GROUP BY e.id, c.id, t.id, n.enrolment_id
     ORDER BY e.withdrawn_on NULLS FIRST, e.village_code, e.household_number, e.person_name, e.id`,
    [...visibleTo(caller), asked.classId, businessDayOf(asked.now), asked.ids ? [...asked.ids] : null],
  );
  return rows.map((stored) => {
    const { lastSession, courseCertificate: _other, markedBy: _by, marks: _marks, ...row } = stored;
    const facts = factsOf(stored);
    const missing = refusalBy(
      () => demandCertificate(facts, businessDay(lastSession), asked.now, DEFAULT_TRAINING_POLICY),
      asked.language,
    );
    return { enrolment: { ...row, missing }, facts };
  });
}

function factsOf(stored: Stored): LearnerFacts {
  const { held, attended, mark, marks, markedBy, courseCertificate } = stored;
  return {
    name: stored.personName,
    withdrawn: stored.withdrawnOn !== null,
    held,
    attended,
    hasCertificate: stored.certificateId !== null,
    courseCertificate,
    marks,
    markedBy,
    ...(mark === null ? {} : { mark }),
  };
}

import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { recordAttendance } from '@bangfu/contracts/training/attendance';
import { issueCertificates } from '@bangfu/contracts/training/certificates';
import { enrolPerson } from '@bangfu/contracts/training/enrolments';
import { recordResults } from '@bangfu/contracts/training/enrolments';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import { MOST_OF_A_KIND, toWork, type Waiting, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { Training } from '../../db/client.ts';
import { providersOf } from '../../db/visible.ts';

interface Found {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly count: number;
  /** Of its kind, listed or not. */
  readonly total: number;
}

/** The office may call the roll too, but waits for the provider to do it. */
const PROVIDER = ['training-provider'] as const;

/** What waits for the caller: calls of the roll and results for a provider, certificates for the office, places for villages. */
export async function readWork(
  service: Training,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const sql = pgSql(service.pool);
  const today = businessDayOf(now);
  const found = await Promise.all([
    waitingFor(recordAttendance, caller, now, (as) => missingSheets(sql, as, today), PROVIDER),
    waitingFor(recordResults, caller, now, (as) => missingResults(sql, as, today), PROVIDER),
    waitingFor(issueCertificates, caller, now, (as) => readyForCertificate(sql, as)),
    waitingFor(enrolPerson, caller, now, (as) => openClasses(sql, as, today)),
  ]);
  return toWork(found, today);
}

const listed = (rows: readonly Found[], toItem: (row: Found) => Waiting): WaitingKind => ({
  items: rows.map(toItem),
  total: rows[0]?.total ?? 0,
});

async function missingSheets(sql: Sql, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await sql.query<Found>(
    `SELECT s.id::text AS id, c.name, s.day::text AS day, count(e.id)::int AS count, count(*) OVER ()::int AS total
     FROM class_session s JOIN training_class c ON c.id = s.class_id
     JOIN enrolment e ON e.class_id = c.id AND e.withdrawn_on IS NULL
     WHERE c.county_code = $1 AND c.provider_id::text = ANY ($2::text[]) AND s.cancelled IS NULL AND s.day <= $3::date
       AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.enrolment_id = e.id)
     GROUP BY s.id, c.id ORDER BY s.day, s.id LIMIT ${MOST_OF_A_KIND}`,
    [caller.countyCode, providersOf(caller), today],
  );
  return listed(rows, ({ id, name, day, count }) => ({
    id,
    kind: 'attendance-to-record' as const,
    title: `点名：${name}`,
    detail: `${day} 的课次还有 ${count} 人未点名`,
    due: businessDay(day),
    link: `/training/attendance/${id}`,
  }));
}

async function missingResults(sql: Sql, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await sql.query<Found>(
    `SELECT c.id::text AS id, c.name, c.ends::text AS day, count(e.id)::int AS count, count(*) OVER ()::int AS total
     FROM training_class c JOIN enrolment e ON e.class_id = c.id AND e.withdrawn_on IS NULL AND e.mark IS NULL
     WHERE c.county_code = $1 AND c.provider_id::text = ANY ($2::text[]) AND c.ends < $3::date
     GROUP BY c.id ORDER BY c.ends, c.id LIMIT ${MOST_OF_A_KIND}`,
    [caller.countyCode, providersOf(caller), today],
  );
  return listed(rows, ({ id, name, day, count }) => {
    const due = workDue('results-to-record', businessDay(day));
    return {
      id,
      kind: 'results-to-record',
      title: `登记考核成绩：${name}`,
      detail: `培训已于 ${day} 结束，${count} 人没有成绩`,
      due,
      link: `/training/classes/${id}#results`,
    };
  });
}

async function readyForCertificate(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const { minAttendanceBp, passMark } = DEFAULT_TRAINING_POLICY;
  const rows = await sql.query<Found>(
    `SELECT c.id::text AS id, c.name, c.ends::text AS day, count(*)::int AS count, count(*) OVER ()::int AS total
     FROM training_class c JOIN enrolment e ON e.class_id = c.id AND e.withdrawn_on IS NULL AND e.mark >= $3::int
     CROSS JOIN LATERAL (SELECT count(s.id) AS held, count(a.session_id) FILTER (WHERE a.mark = 'present') AS attended
       FROM class_session s LEFT JOIN attendance a ON a.session_id = s.id AND a.enrolment_id = e.id
       WHERE s.class_id = c.id AND s.cancelled IS NULL) v
     WHERE c.county_code = $1 AND e.marked_by <> $4 AND v.held > 0 AND v.attended * 10000 >= $2::int * v.held
       AND NOT EXISTS (SELECT 1 FROM certificate t WHERE t.enrolment_id = e.id)
     GROUP BY c.id ORDER BY c.ends, c.id LIMIT ${MOST_OF_A_KIND}`,
    [caller.countyCode, minAttendanceBp, passMark, caller.id],
  );
  return listed(rows, ({ id, name, day, count }) => {
    const due = workDue('certificates-to-issue', businessDay(day));
    return {
      id,
      kind: 'certificates-to-issue',
      title: `发放证书：${name}`,
      detail: `${count} 人出勤和考核合格，等待发证`,
      due,
      link: `/training/classes/${id}#certificates`,
    };
  });
}

async function openClasses(sql: Sql, caller: Caller, today: BusinessDay): Promise<WaitingKind> {
  const rows = await sql.query<Found>(
    `SELECT c.id::text AS id, c.name, c.begins::text AS day, (c.capacity - count(e.id))::int AS count, count(*) OVER ()::int AS total
     FROM training_class c LEFT JOIN enrolment e ON e.class_id = c.id AND e.withdrawn_on IS NULL
     WHERE c.county_code = $1 AND c.begins >= $2::date GROUP BY c.id HAVING count(e.id) < c.capacity
     ORDER BY c.begins, c.id LIMIT ${MOST_OF_A_KIND}`,
    [caller.countyCode, today],
  );
  return listed(rows, ({ id, name, day, count }) => ({
    id,
    kind: 'class-to-fill',
    title: `组织报名：${name}`,
    detail: `${day} 开课，还有 ${count} 个名额`,
    due: businessDay(day),
    link: `/training/classes/${id}#learners`,
  }));
}

import type { Dossier } from '@bangfu/contracts/core/every-service';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { findHouseholdCopies } from '@bangfu/platform/household-copy/household-copy';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Training } from '../../db/client.ts';
import { SKILLED_MEMBERS } from '../../db/read-coverage.ts';
import { ATTENDED } from '../../db/session-counts.ts';

interface Row {
  readonly personName: string;
  readonly className: string;
  readonly courseName: string;
  readonly providerName: string;
  readonly begins: string;
  readonly ends: string;
  readonly enrolledOn: string;
  readonly mark: number | null;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly held: number;
  readonly attended: number;
}

/** This service's part of a household's dossier: its members' classes, attendance and certificates. @throws Refusal 404 */
export async function getDossier(
  service: Training,
  caller: Caller,
  householdNumber: string,
  now: Date,
): Promise<Dossier> {
  const sql = pgSql(readsOf(service, caller));
  const [household] = await findHouseholdCopies(
    sql,
    { numbers: [householdNumber] },
    likeAny(regionPrefixes(caller)),
    scopeIds(caller, 'household'),
  );
  if (!household) throw notFound();
  const known = await sql.query<Row>(
    `SELECT e.person_name AS "personName", coalesce(t.class_name, c.name) AS "className",
       coalesce(t.course_name, k.name) AS "courseName", coalesce(t.provider_name, p.name) AS "providerName",
       coalesce(t.begins, c.begins)::text AS begins, coalesce(t.ends, c.ends)::text AS ends, e.enrolled_on::text AS "enrolledOn", e.mark, t.number,
       t.issued_on::text AS "issuedOn",
       (SELECT count(*) FROM class_session s WHERE s.class_id = c.id AND s.cancelled IS NULL AND s.day <= $2::date) AS held,
       ${ATTENDED} AS attended
     FROM enrolment e JOIN training_class c ON c.id = e.class_id JOIN course k ON k.id = c.course_id
     JOIN provider p ON p.id = c.provider_id
     LEFT JOIN certificate t ON t.enrolment_id = e.id AND t.withdrawn_on IS NULL
     WHERE e.household_id = $1::uuid AND e.withdrawn_on IS NULL ORDER BY c.begins, e.person_name, e.id`,
    [household.id, businessDayOf(now)],
  );
  // The dossier is written in sentences, where a name is no longer a field.
  const rows = readsMasked(caller) ? maskPersons(known) : known;
  const certificates = rows.filter((row) => row.number !== null).length;
  const [skill] = await sql.query<{ members: number }>(
    `SELECT ${SKILLED_MEMBERS}::int AS members FROM platform.household_copy h WHERE h.id = $1::uuid`,
    [household.id],
  );
  return {
    sections: [
      {
        key: 'training',
        title: '技能培训',
        facts: [
          { label: '参加培训', value: `${rows.length} 人次` },
          { label: '取得证书', value: `${certificates} 本` },
          { label: '一户一技能', value: (skill?.members ?? 0) > 0 ? '已达到' : '未达到' },
        ],
        ...(rows.length > 0 ? { table: tableOf(rows) } : {}),
      },
    ],
    timeline: rows.flatMap((row) => [
      { at: row.enrolledOn, title: '报名培训', detail: `${row.personName} 报名 ${row.className}` },
      ...(row.issuedOn
        ? [{ at: row.issuedOn, title: '取得培训证书', detail: `${row.personName} ${row.courseName} ${row.number}` }]
        : []),
    ]),
    link: `/training/certificates?search=${encodeURIComponent(household.number)}`,
  };
}

function tableOf(rows: readonly Row[]) {
  return {
    columns: ['学员', '课程', '班次', '培训机构', '培训时间', '出勤', '考核', '证书编号'],
    rows: rows.map((row) => [
      row.personName,
      row.courseName,
      row.className,
      row.providerName,
      `${row.begins} 至 ${row.ends}`,
      `${row.attended}/${row.held} 次`,
      row.mark === null ? '—' : `${row.mark} 分`,
      row.number ?? '—',
    ]),
  };
}

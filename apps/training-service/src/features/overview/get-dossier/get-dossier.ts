import { everyService } from '@bangfu/contracts/core/every-service';
import { countOf } from '@bangfu/data/count-of';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { householdCopies } from '@bangfu/platform/household-copy/table';
import { notFound } from '@bangfu/platform/http/refusal';
import { skilledMembers } from '../../../db/able-labour.ts';
import { attendedOf } from '../../../db/session-counts.ts';
import { query, type Tables } from '../../../operations.ts';

const contract = everyService('training');

/** The classes of a household's members who have not left them, with their attendance and valid certificates. */
const placesOf = (read: ReadSql<Tables>, householdId: string, today: BusinessDay) =>
  read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .innerJoin('course as k', 'k.id', 'c.course_id')
    .innerJoin('provider as p', 'p.id', 'c.provider_id')
    .leftJoin('certificate as t', (join) => join.onRef('t.enrolment_id', '=', 'e.id').on('t.withdrawn_on', 'is', null))
    .where('e.household_id', '=', householdId)
    .where('e.withdrawn_on', 'is', null)
    .orderBy('c.begins')
    .orderBy('e.person_name')
    .orderBy('e.id')
    .select(['e.person_name as personName', 'e.enrolled_on as enrolledOn', 'e.mark'])
    .select(['t.number', 't.issued_on as issuedOn'])
    .select((eb) => [
      eb.fn.coalesce('t.class_name', 'c.name').as('className'),
      eb.fn.coalesce('t.course_name', 'k.name').as('courseName'),
      eb.fn.coalesce('t.provider_name', 'p.name').as('providerName'),
      eb.fn.coalesce('t.begins', 'c.begins').as('begins'),
      eb.fn.coalesce('t.ends', 'c.ends').as('ends'),
      countOf(
        eb
          .selectFrom('class_session as s')
          .whereRef('s.class_id', '=', 'c.id')
          .where('s.cancelled', 'is', null)
          .where('s.day', '<=', today),
      ).as('held'),
      attendedOf(eb).as('attended'),
    ])
    .execute();
type Place = Awaited<ReturnType<typeof placesOf>>[number];

/** This service's part of a household's dossier: its members' classes, attendance and certificates. @throws Refusal 404 */
export const getDossier = query(contract.getDossier, async ({ read, caller, params, now }) => {
  const household = await householdCopies(read)
    .where('h.number', '=', params.householdNumber)
    .where((eb) =>
      eb.or([
        inRegions(eb.ref('h.village_code'), regionPrefixes(caller)),
        eb('h.id', 'in', scopeIds(caller, 'household')),
      ]),
    )
    .select((eb) => skilledMembers(eb).as('skilled'))
    .executeTakeFirst();
  if (!household) throw notFound();
  const known = await placesOf(read, household.id, businessDayOf(now));
  // The dossier is written in sentences, where a name is no longer a field.
  const rows = readsMasked(caller) ? maskPersons(known) : known;
  const certificates = rows.filter((row) => row.number !== null).length;
  return {
    sections: [
      {
        key: 'training',
        title: '技能培训',
        facts: [
          { label: '参加培训', value: `${rows.length} 人次` },
          { label: '取得证书', value: `${certificates} 本` },
          { label: '一户一技能', value: household.skilled > 0 ? '已达到' : '未达到' },
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
});

function tableOf(rows: readonly Place[]) {
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

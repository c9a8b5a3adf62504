import type { Sql } from '@bangfu/data/sql';

/** The condition for a valid certificate `o` of the same course that person `person` has from another class. */
export const OF_SAME_COURSE = (person: string, course: string, group: string) =>
  `o.person_id = ${person} AND o.course_id = ${course} AND o.class_id <> ${group} AND o.withdrawn_on IS NULL`;

/** The numbers of valid certificates of a course that persons have from other classes, by person. */
export async function courseCertificates(
  sql: Sql,
  courseId: string,
  personIds: readonly string[],
  classId: string,
): Promise<Map<string, string>> {
  const rows = await sql.query<{ personId: string; number: string }>(
    `SELECT o.person_id::text AS "personId", o.number FROM certificate o
     JOIN unnest($1::text[]) AS p (id) ON ${OF_SAME_COURSE('p.id::uuid', '$2::uuid', '$3::uuid')}`,
    [[...personIds], courseId, classId],
  );
  return new Map(rows.map(({ personId, number }) => [personId, number]));
}

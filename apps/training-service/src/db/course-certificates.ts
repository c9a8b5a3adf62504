import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../operations.ts';

/** The numbers of valid certificates of a course that persons have from other classes, by person. */
export async function courseCertificates(
  read: ReadSql<Tables>,
  courseId: string,
  personIds: readonly string[],
  classId: string,
): Promise<Map<string, string>> {
  const rows = await read
    .selectFrom('certificate as o')
    .where('o.person_id', 'in', personIds)
    .where('o.course_id', '=', courseId)
    .where('o.class_id', '<>', classId)
    .where('o.withdrawn_on', 'is', null)
    .select(['o.person_id as personId', 'o.number'])
    .execute();
  return new Map(rows.map(({ personId, number }) => [personId, number]));
}

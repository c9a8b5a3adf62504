import type { ClassFacts } from '@bangfu/domain/training/steps';
import type { Sql } from '@bangfu/data/sql';
import { notFound } from '@bangfu/platform/http/refusal';
import { LAST_SESSION } from './session-counts.ts';

/** What the rules of a class, its sessions and its learners look at. @throws Refusal 404 */
export async function classFacts(sql: Sql, classId: string): Promise<ClassFacts> {
  const [row] = await sql.query<ClassFacts>(
    `SELECT c.begins::text AS begins, c.ends::text AS ends, c.capacity,
       ${LAST_SESSION} AS "lastSession",
       (SELECT count(*) FROM certificate t WHERE t.class_id = c.id AND t.withdrawn_on IS NULL)::int AS certificates,
       l.learners, l.uncertified
     FROM training_class c CROSS JOIN LATERAL (
       SELECT count(*)::int AS learners, (count(*) FILTER (WHERE NOT EXISTS (
         SELECT 1 FROM certificate t WHERE t.enrolment_id = e.id AND t.withdrawn_on IS NULL)))::int AS uncertified
       FROM enrolment e WHERE e.class_id = c.id AND e.withdrawn_on IS NULL) l
     WHERE c.id = $1::uuid`,
    [classId],
  );
  if (!row) throw notFound();
  return row;
}

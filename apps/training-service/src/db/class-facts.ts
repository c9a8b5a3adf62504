import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDay } from '@bangfu/domain/shared/time';
import type { ClassFacts } from '@bangfu/domain/training/steps';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../operations.ts';
import { certificatesOf, hasCertificate, lastSession } from './session-counts.ts';

/** What the rules of a class, its sessions and its learners look at. @throws Refusal 404 */
export async function classFacts(read: ReadSql<Tables>, classId: string): Promise<ClassFacts> {
  const found = await read
    .selectFrom('training_class as c')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('enrolment as e')
          .whereRef('e.class_id', '=', 'c.id')
          .where('e.withdrawn_on', 'is', null)
          .select((e) => [
            e.fn.countAll<number>().as('learners'),
            e.fn
              .countAll<number>()
              .filterWhere(e.not(hasCertificate(e)))
              .as('uncertified'),
          ])
          .as('l'),
      (join) => join.onTrue(),
    )
    .where('c.id', '=', classId)
    .select(['c.begins', 'c.ends', 'c.capacity', 'l.learners', 'l.uncertified'])
    .select((eb) => [lastSession(eb).as('lastSession'), certificatesOf(eb).as('certificates')])
    .executeTakeFirst();
  if (!found) throw notFound();
  return {
    ...found,
    begins: businessDay(found.begins),
    ends: businessDay(found.ends),
    lastSession: businessDay(found.lastSession),
  };
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { createCourse as operation, type Course } from '@bangfu/contracts/training/courses';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Training } from '../../../db/client.ts';
import { getCourse, shown } from '../course.repository.ts';

/** Enters a course. @throws DomainError COURSE_EXISTS */
export function createCourse(service: Training, actor: Actor, body: BodyOf<typeof operation>): Promise<Course> {
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const id = service.newId(actor.now);
    const { countyCode } = actor.caller;
    const namesake = await findNamesake(sql, 'course', countyCode, body.name);
    demand(namesake === null, 'COURSE_EXISTS');
    const { count } = await tx.course.createMany({ data: { id, countyCode, ...body }, skipDuplicates: true });
    demand(count === 1, 'COURSE_EXISTS');
    return {
      answer: shown(await getCourse(tx, countyCode, id)),
      audit: [{ action: operation.audit ?? '', recordType: 'course', recordId: id, change: { after: body } }],
    };
  });
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { createCourse, type Course } from '@bangfu/contracts/training/courses';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Training } from '../../../db/client.ts';
import { getCourse, shown } from '../course.repository.ts';

/** Enters a course. @throws DomainError COURSE_EXISTS */
export function enterCourse(service: Training, actor: Actor, body: BodyOf<typeof createCourse>): Promise<Course> {
  return runCommand(service.transaction, service.newId, createCourse, actor, body, async (tx) => {
    const id = service.newId(actor.now);
    const { countyCode } = actor.caller;
    const { count } = await tx.course.createMany({ data: { id, countyCode, ...body }, skipDuplicates: true });
    demand(count === 1, 'COURSE_EXISTS');
    return {
      answer: shown(await getCourse(tx, countyCode, id)),
      audit: [{ action: createCourse.audit ?? '', recordType: 'course', recordId: id, change: body }],
    };
  });
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeCourse as operation, type Course } from '@bangfu/contracts/training/courses';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Training } from '../../../db/client.ts';
import { getCourse, shown } from '../course.repository.ts';

/** Changes a course. @throws Refusal 404, 409; DomainError COURSE_EXISTS */
export function changeCourse(
  service: Training,
  actor: Actor,
  courseId: string,
  { version, ...fields }: BodyOf<typeof operation>,
): Promise<Course> {
  const { countyCode } = actor.caller;
  return runCommand(
    service.transaction,
    service.newId,
    operation,
    actor,
    { courseId, version, ...fields },
    async (tx, sql) => {
      const before = await getCourse(tx, countyCode, courseId);
      const namesake = await findNamesake(sql, 'course', countyCode, fields.name, courseId);
      demand(namesake === null, 'COURSE_EXISTS');
      const { count } = await tx.course.updateMany({
        where: { id: courseId, version },
        data: { ...fields, version: { increment: 1 } },
      });
      if (count === 0) throw conflict(shown(before));
      const answer = shown(await getCourse(tx, countyCode, courseId));
      return {
        answer,
        audit: [
          {
            action: operation.audit ?? '',
            recordType: 'course',
            recordId: courseId,
            change: { before: shown(before), after: answer },
          },
        ],
      };
    },
  );
}

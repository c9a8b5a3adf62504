import * as contract from '@bangfu/contracts/training/courses';
import { demand } from '@bangfu/domain/shared/errors';
import { conflict } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { command } from '../../../operations.ts';
import { getCourse } from '../course.repository.ts';

/** Changes a course. @throws Refusal 404, 409; DomainError COURSE_EXISTS */
export const changeCourse = command(contract.changeCourse, async ({ params, body, tx, caller, audit }) => {
  const { version, ...fields } = body;
  const { countyCode } = caller;
  const before = await getCourse(tx.sql, countyCode, params.courseId);
  const namesake = await findNamesake(tx, 'course', countyCode, fields.name, before.id);
  demand(namesake === null, 'COURSE_EXISTS');
  const { numUpdatedRows } = await tx.sql
    .updateTable('course')
    .set({ ...fields, version: version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(before);
  const after = await getCourse(tx.sql, countyCode, before.id);
  audit.change('course', before.id, before, after);
  return after;
});

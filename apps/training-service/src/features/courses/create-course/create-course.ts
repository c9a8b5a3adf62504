import * as contract from '@bangfu/contracts/training/courses';
import { demand } from '@bangfu/domain/shared/errors';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { command } from '../../../operations.ts';
import { getCourse } from '../course.repository.ts';

/** Enters a course. @throws DomainError COURSE_EXISTS */
export const createCourse = command(contract.createCourse, async ({ body, tx, caller, newId, audit }) => {
  const { countyCode } = caller;
  demand((await findNamesake(tx, 'course', countyCode, body.name)) === null, 'COURSE_EXISTS');
  const id = newId();
  await tx.sql
    .insertInto('course')
    .values({ id, county_code: countyCode, ...body })
    .execute();
  audit.change('course', id, null, body);
  return getCourse(tx.sql, countyCode, id);
});

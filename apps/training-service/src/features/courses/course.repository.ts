import type { Course } from '@bangfu/contracts/training/courses';
import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { ExpressionBuilder } from 'kysely';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../../operations.ts';

/** How many classes there are of `course k`. */
export const classesOf = (eb: ExpressionBuilder<Tables & { k: Tables['course'] }, 'k'>) =>
  countOf(eb.selectFrom('training_class as c').whereRef('c.course_id', '=', 'k.id'));

/** The courses of a county, as lists and records show them. */
export const countyCourses = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom('course as k')
    .where('k.county_code', '=', countyCode)
    .select(['k.id', 'k.name', 'k.kind', 'k.lessons', 'k.content', 'k.active', 'k.version'])
    .select((eb) => classesOf(eb).as('classes'));

/** A course of the county. @throws Refusal 404 */
export async function getCourse(read: ReadSql<Tables>, countyCode: string, id: string): Promise<Course> {
  const course = await countyCourses(read, countyCode).where('k.id', '=', id).executeTakeFirst();
  if (!course) throw notFound();
  return course;
}

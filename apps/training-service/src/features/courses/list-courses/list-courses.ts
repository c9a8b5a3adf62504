import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/courses';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import { withChangeStep } from '../../../db/county-steps.ts';
import { query, type Tables } from '../../../operations.ts';
import { classesOf, countyCourses } from '../course.repository.ts';

const from = (read: ReadSql<Tables>) => countyCourses(read, '');
const ORDER = orderOf<QueryOf<typeof contract.listCourses>>()(from, ({ name, stage, number, yesNo, id }) => ({
  columns: {
    name: name('k.name'),
    kind: stage('k.kind', contract.COURSE_KINDS),
    lessons: number('k.lessons'),
    active: yesNo('k.active'),
    classes: number(classesOf),
  },
  own: [name('k.name'), id('k.id')],
}));

/** The county's courses by name. */
export const listCourses = query(contract.listCourses, async (call) => {
  const { read, caller, query: asked } = call;
  const { kind } = asked;
  const named = countyCourses(read, caller.countyCode).where((eb) =>
    holdsName(eb.ref('k.name'), searchPattern(asked.search)),
  );
  const courses = kind ? named.where('k.kind', '=', kind) : named;
  return withChangeStep(call, contract.changeCourse, await pageOfList(courses, ORDER, asked));
});

import type { QueryOf } from '@bangfu/contracts/core/operation';
import { type Course, COURSE_KINDS, type listCourses } from '@bangfu/contracts/training/courses';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, byStage, byYesNo, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameHolds, searchPattern } from '@bangfu/platform/search/name-search';
import type { Training } from '../../../db/client.ts';

const CLASSES = '(SELECT count(*) FROM training_class c WHERE c.course_id = k.id)';
const NAME = byName('k.name');
const ORDER = listOrder<QueryOf<typeof listCourses>>(
  {
    name: NAME,
    kind: byStage('k.kind', COURSE_KINDS),
    lessons: byNumber('k.lessons'),
    active: byYesNo('k.active'),
    classes: byNumber(CLASSES),
  },
  [NAME, byId('k.id')],
);

/** The county's courses by name. */
export function findCourses(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listCourses>,
): Promise<{ rows: Course[]; total: number; next: string | null }> {
  return readPage<Course>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: `k.id, k.name, k.kind, k.lessons, k.content, k.active, k.version, ${CLASSES} AS classes`,
    from: `FROM course k WHERE k.county_code = $1 AND ($2::text IS NULL OR ${nameHolds('k.name', '$2')})
      AND ($3::text IS NULL OR k.kind = $3)`,
    params: [caller.countyCode, searchPattern(query.search), query.kind ?? null],
  });
}

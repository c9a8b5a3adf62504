import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listClasses } from '@bangfu/contracts/training/classes';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byDay, byId, byName, byNumber, down, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameHolds, searchPattern } from '@bangfu/platform/search/name-search';
import type { Training } from '../../../db/client.ts';
import { classVisible, visibleTo } from '../../../db/visible.ts';
import { CLASS_COLUMNS, CLASS_FIGURES, CLASS_TABLES, onDay, type StoredClass } from '../class.repository.ts';

const IN_STATE = {
  planned: 'c.begins > $4::date',
  running: 'c.begins <= $4::date AND c.ends >= $4::date',
  ended: 'c.ends < $4::date',
} as const;

const BEGINS = byDay('c.begins');
const ORDER = listOrder<QueryOf<typeof listClasses>>(
  {
    name: byName('c.name'),
    courseName: byName('k.name'),
    providerName: byName('p.name'),
    place: byName('c.place'),
    begins: BEGINS,
    ends: byDay('c.ends'),
    // Planned, running, ended.
    state: byNumber('(CASE WHEN c.begins > $4::date THEN 1 WHEN c.ends >= $4::date THEN 2 ELSE 3 END)'),
    capacity: byNumber('c.capacity'),
    enrolled: byNumber(CLASS_FIGURES.enrolled),
    sessions: byNumber(CLASS_FIGURES.sessions),
    certificates: byNumber(CLASS_FIGURES.certificates),
  },
  [down(BEGINS), down(byId('c.id'))],
);

/** Classes by their first day, the latest first. */
export async function findClasses(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listClasses>,
  now: Date,
): Promise<AnswerInputOf<typeof listClasses>> {
  const today = businessDayOf(now);
  const where = `${classVisible(1)} AND ${query.state ? IN_STATE[query.state] : '$4::date IS NOT NULL'}
    AND ($5::text IS NULL OR ${nameHolds('c.name', '$5')} OR ${nameHolds('k.name', '$5')})
    AND ($6::uuid IS NULL OR c.provider_id = $6::uuid) AND ($7::uuid IS NULL OR c.course_id = $7::uuid)
    AND (NOT $8::boolean OR c.county_code LIKE ANY ($2::text[]) OR EXISTS (SELECT 1 FROM enrolment e
      WHERE e.class_id = c.id AND e.withdrawn_on IS NULL AND e.village_code LIKE ANY ($2::text[])))`;
  const params = [
    ...visibleTo(caller),
    today,
    searchPattern(query.search),
    query.provider ?? null,
    query.course ?? null,
    query.own === 'true',
  ];
  const page = await readPage<StoredClass>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: CLASS_COLUMNS,
    from: `FROM ${CLASS_TABLES} WHERE ${where}`,
    params,
  });
  return { ...page, rows: page.rows.map((row) => onDay(row, today)) };
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listClasses } from '@bangfu/contracts/training/classes';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Training } from '../../../db/client.ts';
import { classVisible, visibleTo } from '../../../db/visible.ts';
import { CLASS_COLUMNS, CLASS_TABLES, onDay, type StoredClass } from '../class.repository.ts';

const IN_STATE = {
  planned: 'c.begins > $4::date',
  running: 'c.begins <= $4::date AND c.ends >= $4::date',
  ended: 'c.ends < $4::date',
} as const;

/** Classes by their first day, the latest first. */
export async function findClasses(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listClasses>,
  now: Date,
): Promise<AnswerInputOf<typeof listClasses>> {
  const after = decodeCursor(query.cursor, 2);
  const today = businessDayOf(now);
  const pool = readsOf(service, caller);
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
  const { rows } = await pool.query<StoredClass>(
    `SELECT ${CLASS_COLUMNS} FROM ${CLASS_TABLES} WHERE ${where}
       ${after ? 'AND (c.begins, c.id) < ($10::date, $11::uuid)' : ''}
     ORDER BY c.begins DESC, c.id DESC LIMIT $9`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const total = await pool.query<{ n: number }>(`SELECT count(*) AS n FROM ${CLASS_TABLES} WHERE ${where}`, params);
  const found = rows.map((row) => onDay(row, today));
  return toPage(found, query.limit, total.rows[0]?.n ?? 0, (row) => [row.begins, row.id]);
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { Certificate, listCertificates } from '@bangfu/contracts/training/certificates';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { nameBegins, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Training } from '../../../db/client.ts';
import { learnerVisible, visibleTo } from '../../../db/visible.ts';
import { CERTIFICATE_COLUMNS, CERTIFICATE_TABLES } from '../certificate.repository.ts';

/** Certificates of the caller's scope, the latest number first. */
export async function findCertificates(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listCertificates>,
): Promise<AnswerInputOf<typeof listCertificates>> {
  const after = decodeCursor(query.cursor, 1);
  const pool = readsOf(service, caller);
  const where = `${learnerVisible(1)} AND ($4::uuid IS NULL OR t.class_id = $4::uuid) AND ($5::text IS NULL
    OR t.number ~* $5 OR e.household_number ~ $5 OR ${nameBegins('e.person_name', '$5')})
    AND ($6::text IS NULL OR (t.withdrawn_on IS NULL) = ($6 = 'valid'))`;
  const params = [...visibleTo(caller), query.class ?? null, searchPattern(query.search), query.state ?? null];
  const { rows } = await pool.query<Certificate>(
    `SELECT ${CERTIFICATE_COLUMNS} FROM ${CERTIFICATE_TABLES} WHERE ${where} ${after ? 'AND t.number < $8' : ''}
     ORDER BY t.number DESC LIMIT $7`,
    [...params, query.limit + 1, ...(after ?? [])],
  );
  const total = await pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM ${CERTIFICATE_TABLES} WHERE ${where}`,
    params,
  );
  return toPage(rows, query.limit, total.rows[0]?.n ?? 0, (row) => [row.number]);
}

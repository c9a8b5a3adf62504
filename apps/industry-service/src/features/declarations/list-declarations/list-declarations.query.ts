import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listDeclarations as operation } from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';
import type { Reader } from '../../../reader.ts';
import { DECLARATION_COLUMNS, type DeclarationRow, FROM_DECLARATION, shown } from '../declaration.repository.ts';

/** One page of declarations, the latest year first; discarded drafts only where they are asked for. */
export async function listDeclarations(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  const after = decodeCursor(query.cursor, 2);
  const from = `${FROM_DECLARATION} WHERE ${SEES_ENTITY} AND ($3::int IS NULL OR d.year = $3)
    AND CASE WHEN $4::text IS NULL THEN d.live ELSE d.status = $4 END AND ($5::uuid IS NULL OR d.entity_id = $5)`;
  const params = [...scopeParams(caller), query.year ?? null, query.status ?? null, query.entityId ?? null];
  const rows = await sql.query<DeclarationRow>(
    `SELECT ${DECLARATION_COLUMNS} ${from} AND ($6::int IS NULL OR (d.year, d.id) < ($6, $7::uuid))
     ORDER BY d.year DESC, d.id DESC LIMIT $8`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, params);
  const page = toPage(rows, query.limit, count?.n ?? 0, (row) => [row.year, row.id]);
  return { ...page, rows: page.rows.map((row) => shown(row, now, language)) };
}

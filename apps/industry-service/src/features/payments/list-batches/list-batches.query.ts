import { instant } from '@bangfu/service-kit/db/instant';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listPaymentBatches as operation, PaymentBatch } from '@bangfu/contracts/industry/payments';
import { pgSql, type Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';

const BATCH_COLUMNS = `b.id::text AS id, b.declaration_id::text AS "declarationId", b.number, e.name AS "entityName", d.year,
  b.lines, b.total_fen::float8 AS "totalFen", b.created_by AS "createdBy", ${instant('b.created_at')} AS "createdAt",
  (SELECT count(*)::float8 FROM dividend_payment p WHERE p.batch_id = b.id) AS "paidLines",
  (SELECT count(*)::float8 FROM dividend_line l WHERE l.batch_id = b.id AND l.state = 'batched') AS "waitingLines"`;
const FROM_BATCH = `FROM payment_batch b JOIN declaration d ON d.id = b.declaration_id JOIN entity e ON e.id = d.entity_id`;

type Row = Omit<PaymentBatch, 'rejectedLines'>;

/** What the bank neither paid nor still has, it rejected. */
const shown = (row: Row): PaymentBatch => ({ ...row, rejectedLines: row.lines - row.paidLines - row.waitingLines });

/** One page of payment batches, the newest first. */
export async function listPaymentBatches(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, caller));
  const after = decodeCursor(query.cursor, 1);
  const from = `${FROM_BATCH} WHERE ${SEES_ENTITY} AND ($3::uuid IS NULL OR b.declaration_id = $3)`;
  const params = [...scopeParams(caller), query.declarationId ?? null];
  const rows = await sql.query<Row>(
    `SELECT ${BATCH_COLUMNS} ${from} AND ($4::uuid IS NULL OR b.id < $4) ORDER BY b.id DESC LIMIT $5`,
    [...params, after?.[0] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, params);
  const page = toPage(rows, query.limit, count?.n ?? 0, (row) => [row.id]);
  return { ...page, rows: page.rows.map(shown) };
}

/** One batch within the caller's scope. @throws Refusal 404 */
export async function getPaymentBatch(sql: Sql, caller: Caller, batchId: string): Promise<PaymentBatch> {
  const [row] = await sql.query<Row>(`SELECT ${BATCH_COLUMNS} ${FROM_BATCH} WHERE b.id = $3::uuid AND ${SEES_ENTITY}`, [
    ...scopeParams(caller),
    batchId,
  ]);
  if (!row) throw notFound();
  return shown(row);
}

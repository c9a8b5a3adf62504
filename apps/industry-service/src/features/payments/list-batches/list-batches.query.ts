import { instant } from '@bangfu/service-kit/db/instant';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listPaymentBatches as operation, PaymentBatch } from '@bangfu/contracts/industry/payments';
import { pgSql, type Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { byId, byInstant, byName, byNumber, byText, down, listOrder } from '@bangfu/service-kit/db/list-order';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { readPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';

const PAID = '(SELECT count(DISTINCT p.line_id) FROM dividend_payment p WHERE p.batch_id = b.id)';
const RETURNED = `(SELECT count(*) FROM dividend_return r JOIN dividend_payment p ON p.id = r.payment_id
  WHERE p.batch_id = b.id)`;
const WAITING = `(SELECT count(*) FROM dividend_line l WHERE l.batch_id = b.id AND l.state = 'batched')`;
/** What the bank neither paid nor still has, it rejected. */
const REJECTED = `(CASE WHEN b.cancel_state = 'cancelled' THEN 0 ELSE b.lines - ${PAID} - ${WAITING} END)`;
const BATCH_COLUMNS = `b.id::text AS id, b.declaration_id::text AS "declarationId", b.number, e.name AS "entityName", d.year,
  b.lines, b.total_fen::float8 AS "totalFen", b.created_by AS "createdBy", ${instant('b.created_at')} AS "createdAt",
  ${PAID}::float8 AS "paidLines", ${RETURNED}::float8 AS "returnedLines", ${REJECTED}::float8 AS "rejectedLines",
  ${WAITING}::float8 AS "waitingLines"`;
const FROM_BATCH = `FROM payment_batch b JOIN declaration d ON d.id = b.declaration_id JOIN entity e ON e.id = d.entity_id`;

const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    number: byText('b.number'),
    entityName: byName('e.name'),
    year: byNumber('d.year'),
    lines: byNumber('b.lines'),
    totalFen: byNumber('b.total_fen'),
    paidLines: byNumber(PAID),
    returnedLines: byNumber(RETURNED),
    rejectedLines: byNumber(REJECTED),
    waitingLines: byNumber(WAITING),
    createdBy: byName('b.created_by'),
    createdAt: byInstant('b.created_at'),
  },
  // Ids are ordered by time.
  [down(byId('b.id'))],
);

/** One page of payment batches, the newest first. */
export function listPaymentBatches(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  return readPage<PaymentBatch>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: BATCH_COLUMNS,
    from: `${FROM_BATCH} WHERE ${SEES_ENTITY} AND ($3::uuid IS NULL OR b.declaration_id = $3)`,
    params: [...scopeParams(caller), query.declarationId ?? null],
  });
}

/** One batch within the caller's scope. @throws Refusal 404 */
export async function getPaymentBatch(sql: Sql, caller: Caller, batchId: string): Promise<PaymentBatch> {
  const [row] = await sql.query<PaymentBatch>(
    `SELECT ${BATCH_COLUMNS} ${FROM_BATCH} WHERE b.id = $3::uuid AND ${SEES_ENTITY}`,
    [...scopeParams(caller), batchId],
  );
  if (!row) throw notFound();
  return row;
}

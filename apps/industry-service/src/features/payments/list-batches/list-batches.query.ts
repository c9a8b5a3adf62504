import { instant } from '@bangfu/data/instant';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/payments';
import type { listPaymentBatches as operation, PaymentBatch } from '@bangfu/contracts/industry/payments';
import { type Batch, BATCH_STEPS, batchRefusal, type BatchStep } from '@bangfu/domain/industry/batch';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byId, byInstant, byName, byNumber, byText, down, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';
import { callerRefusal, type StepCommand, toStep } from '../../../steps.ts';

const PAID = '(SELECT count(DISTINCT p.line_id) FROM dividend_payment p WHERE p.batch_id = b.id)';
const RETURNED = `(SELECT count(*) FROM dividend_return r JOIN dividend_payment p ON p.id = r.payment_id
  WHERE p.batch_id = b.id)`;
const WAITING = `(SELECT count(*) FROM dividend_line l WHERE l.batch_id = b.id AND l.state = 'batched')`;
/** What the bank neither paid nor still has, it rejected. */
const REJECTED = `(CASE WHEN b.cancel_state = 'cancelled' THEN 0 ELSE b.lines - ${PAID} - ${WAITING} END)`;
const BATCH_COLUMNS = `b.id::text AS id, b.declaration_id::text AS "declarationId", b.number, e.name AS "entityName", d.year,
  b.lines, b.total_fen::float8 AS "totalFen", b.created_by AS "createdBy", ${instant('b.created_at')} AS "createdAt",
  ${PAID}::float8 AS "paidLines", ${RETURNED}::float8 AS "returnedLines", ${REJECTED}::float8 AS "rejectedLines",
  ${WAITING}::float8 AS "waitingLines",
  CASE WHEN b.file_sha256 IS NOT NULL THEN (SELECT jsonb_build_object('format', b.file_format, 'sha256', b.file_sha256,
    'madeAt', ${instant('b.file_made_at')}, 'fetches', count(*), 'fetchedBy', (array_agg(f.fetched_by ORDER BY
      f.fetched_at DESC, f.recorded_at DESC))[1], 'fetchedAt', ${instant('max(f.fetched_at)')})
    FROM bank_file_fetch f WHERE f.batch_id = b.id) END AS file,
  CASE WHEN b.cancel_state IS NOT NULL THEN jsonb_build_object('state', b.cancel_state, 'reason', b.cancel_reason,
    'askedBy', b.cancel_asked_by, 'askedAt', ${instant('b.cancel_asked_at')}, 'decidedBy', b.cancel_decided_by)
    END AS cancel`;
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

/** A batch as its steps look at it, with its entity and its file. */
interface StoredBatch extends Batch {
  readonly entityId: string;
  readonly fileSha256: string | null;
}

/** A batch as its steps look at it, locked for this transaction when it is to change. */
export async function findBatch(sql: Sql, batchId: string, lock: boolean): Promise<StoredBatch> {
  const [row] = await sql.query<StoredBatch>(
    `SELECT b.file_format AS "fileFormat", b.file_sha256 AS "fileSha256", b.cancel_state AS "cancelState",
       b.cancel_asked_by_id AS "cancelAskedBy", ${WAITING} < b.lines AS "isAnswered", d.entity_id::text AS "entityId"
     FROM payment_batch b JOIN declaration d ON d.id = b.declaration_id WHERE b.id = $1::uuid ${lock ? 'FOR UPDATE OF b' : ''}`,
    [batchId],
  );
  if (!row) throw notFound();
  return row;
}

const COMMANDS: Readonly<Record<BatchStep, StepCommand>> = {
  fetch: { op: contract.downloadBankFile, reach: 'sees' },
  cancel: { op: contract.cancelPaymentBatch, reach: 'acts' },
  'approve-cancel': { op: contract.decideBatchCancel, reach: 'acts' },
  'refuse-cancel': { op: contract.decideBatchCancel, reach: 'acts' },
};

/** One batch with what the caller can do with it now. @throws Refusal 404 */
export async function batchWithSteps(
  sql: Sql,
  batchId: string,
  reader: Reader,
): Promise<AnswerInputOf<typeof contract.getPaymentBatch>> {
  const shown = await getPaymentBatch(sql, reader.caller, batchId);
  const batch = await findBatch(sql, batchId, false);
  const steps = [];
  for (const step of BATCH_STEPS) {
    const refusal =
      (await callerRefusal(sql, reader, COMMANDS[step], batch.entityId)) ?? batchRefusal(step, batch, reader.caller.id);
    steps.push(toStep(step, refusal, reader.language));
  }
  return { ...shown, steps };
}

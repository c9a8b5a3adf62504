import type { PaymentBatch } from '@bangfu/contracts/industry/payments';
import { countOf } from '@bangfu/data/count-of';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Batch } from '@bangfu/domain/industry/batch';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import { entityVisible } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';

type OfBatch = ExpressionBuilder<Tables & { b: Tables['payment_batch'] }, 'b'>;

const paidLines = (eb: OfBatch) =>
  eb
    .selectFrom('dividend_payment as p')
    .whereRef('p.batch_id', '=', 'b.id')
    .select(({ fn }) => fn.count<number>('p.line_id').distinct().as('n'))
    .$asScalar()
    .$notNull();
const waitingLines = (eb: OfBatch) =>
  countOf(eb.selectFrom('dividend_line as l').whereRef('l.batch_id', '=', 'b.id').where('l.state', '=', 'batched'));

/** What the bank says of the lines of `payment_batch b`. */
export const ANSWERS = {
  paidLines,
  returnedLines: (eb: OfBatch) =>
    countOf(
      eb
        .selectFrom('dividend_return as r')
        .innerJoin('dividend_payment as p', 'p.id', 'r.payment_id')
        .whereRef('p.batch_id', '=', 'b.id'),
    ),
  /** What the bank neither paid nor still has, it rejected. */
  rejectedLines: (eb: OfBatch) =>
    eb
      .case()
      .when('b.cancel_state', '=', 'cancelled')
      .then(sql<number>`0::bigint`)
      .else(sql<number>`${eb.ref('b.lines')} - ${paidLines(eb)} - ${waitingLines(eb)}`)
      .end(),
  waitingLines,
} as const;

/** When and by whom the file of `payment_batch b` was fetched last. */
const lastFetch = (eb: OfBatch) =>
  jsonObjectFrom(
    eb
      .selectFrom('bank_file_fetch as f')
      .whereRef('f.batch_id', '=', 'b.id')
      .orderBy('f.fetched_at', 'desc')
      .orderBy('f.recorded_at', 'desc')
      .limit(1)
      .select((f) => ['f.fetched_by as fetchedBy', instantOf(f.ref('f.fetched_at')).as('fetchedAt')]),
  );

/** Batches `b` with their declaration `d` and its entity `e`, and what the bank says of them. */
export const batches = (read: ReadSql<Tables>) =>
  read
    .selectFrom('payment_batch as b')
    .innerJoin('declaration as d', 'd.id', 'b.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .select(['b.id', 'b.declaration_id as declarationId', 'b.number', 'e.name as entityName', 'd.year', 'b.lines'])
    .select(['b.total_fen as totalFen', 'b.created_by as createdBy', 'b.file_format as format'])
    .select(['b.file_sha256 as sha256', 'b.cancel_state as state', 'b.cancel_reason as reason'])
    .select(['b.cancel_asked_by as askedBy', 'b.cancel_decided_by as decidedBy'])
    .select((eb) => [
      instantOf(eb.ref('b.created_at')).as('createdAt'),
      instantOf(eb.ref('b.file_made_at')).as('madeAt'),
      instantOf(eb.ref('b.cancel_asked_at')).as('askedAt'),
      ANSWERS.paidLines(eb).as('paidLines'),
      ANSWERS.returnedLines(eb).as('returnedLines'),
      ANSWERS.rejectedLines(eb).as('rejectedLines'),
      ANSWERS.waitingLines(eb).as('waitingLines'),
      countOf(eb.selectFrom('bank_file_fetch as f').whereRef('f.batch_id', '=', 'b.id')).as('fetches'),
      lastFetch(eb).as('last'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof batches>['executeTakeFirstOrThrow']>>;

/** A batch in the contract's shape. */
export function shownBatch(row: Row): PaymentBatch {
  const { format, sha256, madeAt, fetches, last, state, reason, askedBy, askedAt, decidedBy, ...batch } = row;
  const isMade = format !== null && sha256 !== null && madeAt !== null && last !== null;
  const isAsked = state !== null && reason !== null && askedBy !== null && askedAt !== null;
  return {
    ...batch,
    file: isMade ? { format, sha256, madeAt, fetches, ...last } : null,
    cancel: isAsked ? { state, reason, askedBy, askedAt, decidedBy } : null,
  };
}

/** One batch within the caller's scope. @throws Refusal 404 */
export async function getBatch(read: ReadSql<Tables>, caller: Caller, batchId: string): Promise<PaymentBatch> {
  const row = await batches(read)
    .where('b.id', '=', batchId)
    .where((eb) => entityVisible(eb, caller))
    .executeTakeFirst();
  if (!row) throw notFound();
  return shownBatch(row);
}

/** A batch as its steps look at it, with its county, its entity and its file. */
interface StoredBatch extends Batch {
  readonly countyCode: string;
  readonly entityId: string;
  readonly fileSha256: string | null;
}

const storedBatch = (read: ReadSql<Tables>, batchId: string) =>
  read
    .selectFrom('payment_batch as b')
    .innerJoin('declaration as d', 'd.id', 'b.declaration_id')
    .where('b.id', '=', batchId)
    .select(['b.file_format as fileFormat', 'b.file_sha256 as fileSha256', 'b.cancel_state as cancelState'])
    .select(['b.cancel_asked_by_id as cancelAskedBy', 'b.county_code as countyCode', 'd.entity_id as entityId'])
    .select((eb) => eb(waitingLines(eb), '<', eb.ref('b.lines')).$castTo<boolean>().as('isAnswered'));

/** A batch as its steps look at it. @throws Refusal 404 */
export async function findBatch(read: ReadSql<Tables>, batchId: string): Promise<StoredBatch> {
  const row = await storedBatch(read, batchId).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** The same, locked for this transaction as it is to change. @throws Refusal 404 */
export async function lockBatch(read: ReadSql<Tables>, batchId: string): Promise<StoredBatch> {
  const row = await storedBatch(read, batchId).forUpdate('b').executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

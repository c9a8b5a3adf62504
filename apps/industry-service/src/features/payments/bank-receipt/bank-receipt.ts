import type { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import { BankReceiptOutcome, uploadBankReceipt as operation } from '@bangfu/contracts/industry/payments';
import type { BankPayment, SentLine } from '@bangfu/domain/industry/payment';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { fen } from '@bangfu/domain/shared/money';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendConfirmed, dividendReturned } from '@bangfu/events/catalog/industry';
import type { Sql } from '@bangfu/data/sql';
import { pgSql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { comingTo, orderList } from '@bangfu/platform/jobs/list-job';
import type { ListRow } from '@bangfu/platform/spreadsheet/read-list';
import type { Industry } from '../../../db/client.ts';
import { problemList } from '../../../lists/problems.ts';
import { type BroughtList, MAX_LIST_BYTES } from '../../../lists/read-list.ts';
import { type DeclarationRow, holdDeclaration } from '../../declarations/declaration.repository.ts';
import { takeListedAccounts } from '../line-accounts.ts';
import { type LineRow, PAYMENT_COLUMNS } from '../line.repository.ts';
import { getPaymentBatch } from '../list-batches/list-batches.query.ts';
import { findStandings, settleHouseholds, STANDING_PAYMENT, withHistory } from '../standing.repository.ts';
import { decideReceipt, type ReceiptEffect, type ReceiptKey, referenceKey } from './receipt-rows.ts';

/** A payment that a receipt told of, under the id it goes by. */
type Paid = ReceiptEffect['paid'][number] & { readonly paymentId: string };

/** What is asked with a receipt: the day of rows without one is the day it was brought, where none is given. */
export interface ReceiptAsked {
  readonly batchId: string;
  readonly paidOn: string;
}

/** The kind of its job. */
export const BANK_RECEIPT = 'bank-receipt';

/**
 * Orders that the bank's receipt is applied to a batch.
 * @throws Refusal 404; DomainError DAY_TOO_EARLY, DAY_TOO_LATE, FILE_TOO_LARGE, WORKBOOK_EMPTY
 */
export async function uploadBankReceipt(
  service: Industry,
  actor: Actor,
  batchId: string,
  asked: { name: string; paidOn: string | undefined },
  upload: Readable,
): Promise<JobOrdered> {
  const days = await daysOf(service, actor, batchId);
  if (asked.paidOn) demandDay(businessDay(asked.paidOn), { from: days.madeOn, until: days.today });
  return orderList<ReceiptAsked>(service, operation, actor, upload, {
    kind: BANK_RECEIPT,
    name: asked.name,
    asked: { batchId, paidOn: asked.paidOn ?? days.today },
    maxBytes: MAX_LIST_BYTES,
  });
}

async function daysOf(service: Industry, { caller, now }: Actor, batchId: string) {
  const { declarationId, createdAt } = await getPaymentBatch(pgSql(service.pool), caller, batchId);
  return { declarationId, madeOn: businessDayOf(new Date(createdAt)), today: businessDayOf(now) };
}

/**
 * Applies the bank's receipt to a batch: all of it, or nothing when any row is wrong. Paid lines become payments, once
 * each, and income evidence by event; a payment the bank returned stays with its return beside it, its line is to be
 * paid again, and a closed declaration is opened by it. The same file again changes nothing.
 * @throws Refusal 404
 */
export async function applyBankReceipt(
  service: Industry,
  actor: Actor,
  { list, order: { asked, name, file } }: BroughtList<ReceiptAsked, ReceiptKey>,
) {
  const { batchId } = asked;
  const { declarationId, ...days } = await daysOf(service, actor, batchId);
  const on = businessDay(asked.paidOn);
  const input = { batchId, name, paidOn: on, sha256: file.sha256 };
  const command = comingTo(operation, BankReceiptOutcome);
  return runCommand(service.bulk, service.newId, command, actor, input, async (_tx, sql) => {
    const declaration = await holdDeclaration(sql, actor.caller, declarationId, 'acts');
    const found = problemList(list);
    const known = await wasTaken(sql, batchId, file.sha256);
    const effect = known
      ? { ...NOTHING, unchanged: list.rows.length }
      : decideReceipt(
          list.rows,
          { ...(await findFacts(sql, declaration, batchId, list.rows)), ...days, on },
          found.note,
        );
    const taken = found.count === 0;
    const { paid, rejected, returned, unchanged } = taken ? effect : NOTHING;
    const counts = { paid: paid.length, rejected: rejected.length, returned: returned.length, unchanged };
    const made = taken ? await apply(service, sql, effect, declaration, { actor, batchId }) : UNMADE;
    if (taken) {
      await sql.query(
        `INSERT INTO bank_receipt (id, batch_id, county_code, file_name, file_sha256, paid, rejected, returned, unchanged,
           brought_by, brought_at)
         VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6::int, $7::int, $8::int, $9::int, $10, $11::text::timestamptz)`,
        [
          service.newId(actor.now),
          batchId,
          declaration.countyCode,
          name,
          file.sha256,
          counts.paid,
          counts.rejected,
          counts.returned,
          counts.unchanged,
          actor.caller.name,
          actor.now.toISOString(),
        ],
      );
    }
    return {
      answer: {
        rows: list.rows.length,
        taken,
        problems: found.problems(),
        warnings: found.warnings,
        ...counts,
        reopened: made.reopened,
        batch: await getPaymentBatch(sql, actor.caller, batchId),
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'payment-batch',
          recordId: batchId,
          change: {
            after: {
              ...input,
              taken,
              ...counts,
              returns: returned.map(({ row, payment, reason, on: day }) => ({
                line: row.lineNumber,
                payment: payment.id,
                amountFen: payment.amountFen,
                reason,
                on: day,
              })),
              problems: found.count,
            },
          },
        },
        ...(made.reopened
          ? [
              {
                action: 'industry.declaration.reopened',
                recordType: 'declaration',
                recordId: declarationId,
                change: { before: { status: declaration.status }, after: { status: 'in-payment', batch: batchId } },
              },
            ]
          : []),
      ],
      events: made.events,
    };
  });
}

const NOTHING: ReceiptEffect = { paid: [], rejected: [], returned: [], unchanged: 0 };
const UNMADE: { events: NewEvent[]; reopened: boolean } = { events: [], reopened: false };

/** Whether the very file was taken for the batch before. */
async function wasTaken(sql: Sql, batchId: string, sha256: string): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM bank_receipt WHERE batch_id = $1::uuid AND file_sha256 = $2 LIMIT 1', [
    batchId,
    sha256,
  ]);
  return rows.length > 0;
}

async function findFacts(sql: Sql, declaration: DeclarationRow, batchId: string, rows: readonly ListRow<ReceiptKey>[]) {
  const found = await sql.query<LineRow>(
    `SELECT ${PAYMENT_COLUMNS} FROM dividend_line l WHERE l.declaration_id = $1::uuid`,
    [declaration.id],
  );
  const lines = new Map(found.map((line) => [line.id, line]));
  const sent = await findSent(sql, batchId);
  const keys = rows.map(({ values }) => referenceKey(values.reference)).filter((key) => key !== '');
  // Two receipts of the county cannot bring the same reference at once.
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('bank-reference ' || $1, 0))`, [
    declaration.countyCode,
  ]);
  const known = await sql.query<{ key: string; lineId: string; batchId: string }>(
    `SELECT p.reference_key AS key, p.line_id::text AS "lineId", p.batch_id::text AS "batchId" FROM dividend_payment p
     WHERE p.county_code = $1 AND p.reference_key = ANY ($2::text[])`,
    [declaration.countyCode, keys],
  );
  const references = new Map(known.map(({ key, ...payment }) => [key, payment]));
  const named = rows.flatMap(({ values }) => lines.get(values.line.toLowerCase())?.householdId ?? []);
  const standings = await findStandings(sql, declaration.id, await withHistory(sql, declaration.id, named));
  const had = new Map([...standings].map(([householdId, { hadFen }]) => [householdId, hadFen]));
  return { batchId, lines, sent, references, had };
}

/** The lines of a batch as they were sent, with the bank's answers so far. */
async function findSent(sql: Sql, batchId: string): Promise<Map<string, SentLine>> {
  const sent = await sql.query<{ lineId: string; amountFen: number; rejection: string | null }>(
    `SELECT line_id::text AS "lineId", amount_fen::float8 AS "amountFen", rejection FROM payment_batch_line
     WHERE batch_id = $1::uuid`,
    [batchId],
  );
  const payments = await sql.query<{
    id: string;
    lineId: string;
    amountFen: number;
    reference: string;
    paidOn: BusinessDay;
    isReturned: boolean;
  }>(
    `SELECT p.id::text AS id, p.line_id::text AS "lineId", p.amount_fen::float8 AS "amountFen", p.reference,
       p.paid_on::text AS "paidOn", NOT ${STANDING_PAYMENT} AS "isReturned"
     FROM dividend_payment p WHERE p.batch_id = $1::uuid ORDER BY p.recorded_at, p.id`,
    [batchId],
  );
  const paymentsOf = Map.groupBy(payments, ({ lineId }) => lineId);
  return new Map(
    sent.map(({ lineId, amountFen, rejection }) => [
      lineId,
      {
        amountFen: fen(amountFen),
        ...(rejection !== null && { rejection }),
        payments: (paymentsOf.get(lineId) ?? []).map(
          (payment): BankPayment => ({
            id: payment.id,
            amountFen: fen(payment.amountFen),
            reference: referenceKey(payment.reference),
            paidOn: payment.paidOn,
            isReturned: payment.isReturned,
          }),
        ),
      },
    ]),
  );
}

/** Writes what the receipt says, then balances the households whose account is more than the payment of one line. */
async function apply(
  service: Industry,
  sql: Sql,
  effect: ReceiptEffect,
  declaration: DeclarationRow,
  { actor, batchId }: { readonly actor: Actor; readonly batchId: string },
): Promise<{ events: NewEvent[]; reopened: boolean }> {
  const { rejected, returned } = effect;
  if (effect.paid.length + rejected.length + returned.length === 0) return UNMADE;
  const paid = effect.paid.map((each) => ({ ...each, paymentId: service.newId(actor.now) }));
  const touched = [...paid, ...rejected, ...returned].map(({ row }) => row.householdId);
  const back = returned.map(({ row }) => row.householdId);
  const before = await findStandings(sql, declaration.id, [
    ...new Set([...back, ...(await withHistory(sql, declaration.id, touched))]),
  ]);
  await pay(sql, paid, batchId);
  await reject(sql, rejected, batchId);
  await takeBack(sql, returned, actor.caller.name);
  // To be paid again, to the account that is on the list by now.
  const open = [...rejected, ...returned].map(({ row }) => row.id);
  await takeListedAccounts(sql, service.cipher, open);
  const { events, reopened } = await settleHouseholds(sql, declaration, before, {
    kind: 'returned',
    reason: '银行退汇',
    by: actor.caller,
    now: actor.now,
    newId: service.newId,
    cipher: service.cipher,
  });
  return { events: [...returns(effect, declaration), ...confirmations(paid, declaration), ...events], reopened };
}

async function pay(sql: Sql, paid: readonly Paid[], batchId: string): Promise<void> {
  const lines = paid.map(({ row }) => row.id);
  const references = paid.map(({ reference }) => reference);
  const days = paid.map(({ on }) => on);
  await sql.query(
    `UPDATE dividend_line l SET state = 'paid', batch_id = $4::uuid, bank_reference = g.reference,
       paid_on = g.day::date, rejection = NULL
     FROM unnest($1::text[], $2::text[], $3::text[]) AS g (line, reference, day) WHERE l.id = g.line::uuid`,
    [lines, references, days, batchId],
  );
  await sql.query(
    `INSERT INTO dividend_payment (id, line_id, county_code, batch_id, household_id, amount_fen, reference, reference_key,
       paid_on)
     SELECT g.id::uuid, l.id, l.county_code, $6::uuid, l.household_id, l.payable_fen, g.reference, g.key, g.day::date
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS g (id, line, reference, key, day)
       JOIN dividend_line l ON l.id = g.line::uuid`,
    [paid.map(({ paymentId }) => paymentId), lines, references, references.map(referenceKey), days, batchId],
  );
}

async function reject(sql: Sql, rejected: ReceiptEffect['rejected'], batchId: string): Promise<void> {
  const lines = rejected.map(({ row }) => row.id);
  const reasons = rejected.map(({ reason }) => reason);
  await sql.query(
    `UPDATE payment_batch_line b SET rejection = g.reason FROM unnest($1::text[], $2::text[]) AS g (line, reason)
     WHERE b.batch_id = $3::uuid AND b.line_id = g.line::uuid`,
    [lines, reasons, batchId],
  );
  await sql.query(
    `UPDATE dividend_line l SET state = 'open', rejection = g.reason, batch_id = NULL
     FROM unnest($1::text[], $2::text[]) AS g (line, reason) WHERE l.id = g.line::uuid`,
    [lines, reasons],
  );
}

/** Keeps the returns beside their payments; a line that counts is to be paid again, and no word holds of it any more. */
async function takeBack(sql: Sql, returned: ReceiptEffect['returned'], broughtBy: string): Promise<void> {
  const lines = returned.map(({ row }) => row.id);
  const reasons = returned.map(({ reason }) => reason);
  await sql.query(
    `INSERT INTO dividend_return (payment_id, line_id, county_code, household_id, amount_fen, reason, returned_on, brought_by)
     SELECT p.id, p.line_id, p.county_code, p.household_id, p.amount_fen, g.reason, g.day::date, $4
     FROM unnest($1::text[], $2::text[], $3::text[]) AS g (payment, reason, day) JOIN dividend_payment p
       ON p.id = g.payment::uuid`,
    [returned.map(({ payment }) => payment.id), reasons, returned.map(({ on }) => on), broughtBy],
  );
  await sql.query(
    `UPDATE dividend_line l SET state = CASE WHEN l.counts THEN 'open' ELSE 'void' END, rejection = g.reason,
       bank_reference = NULL, paid_on = NULL, confirmed_fen = NULL, confirmed_at = NULL, batch_id = NULL
     FROM unnest($1::text[], $2::text[]) AS g (line, reason) WHERE l.id = g.line::uuid`,
    [lines, reasons],
  );
}

const confirmations = (paid: readonly Paid[], declaration: DeclarationRow): NewEvent[] =>
  paid.map(({ row, paymentId, on }) =>
    dividendConfirmed.of(declaration.countyCode, {
      lineId: row.id,
      paymentId,
      householdId: row.householdId,
      householdNumber: row.householdNumber,
      year: declaration.year,
      amountFen: row.payableFen,
      entityId: declaration.entityId,
      entityName: declaration.entityName,
      confirmedOn: on,
      by: 'bank',
    }),
  );

const returns = ({ returned }: ReceiptEffect, declaration: DeclarationRow): NewEvent[] =>
  returned.map(({ row, payment, reason, on }) =>
    dividendReturned.of(declaration.countyCode, {
      lineId: row.id,
      paymentId: payment.id,
      householdId: row.householdId,
      householdNumber: row.householdNumber,
      year: declaration.year,
      amountFen: payment.amountFen,
      reason,
      returnedOn: on,
    }),
  );

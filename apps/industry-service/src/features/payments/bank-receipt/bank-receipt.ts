import type { Readable } from 'node:stream';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { uploadBankReceipt as operation } from '@bangfu/contracts/industry/payments';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { dividendConfirmed } from '@bangfu/events/catalog/industry';
import type { Sql } from '@bangfu/events/sql';
import { pgSql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import { problemList } from '../../../lists/problems.ts';
import { takeList } from '../../../lists/read-list.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { holdDeclaration, type DeclarationRow } from '../../declarations/declaration.repository.ts';
import { type LineRow, PAYMENT_COLUMNS } from '../line.repository.ts';
import { getPaymentBatch } from '../list-batches/list-batches.query.ts';
import { decideReceipt, RECEIPT_COLUMNS, type ReceiptEffect } from './receipt-rows.ts';

/**
 * Applies the bank's receipt to a batch: all of it, or nothing when any row is wrong. Paid lines become payments, once
 * each, and income evidence by event; the same file again changes nothing.
 * @throws Refusal 404; DomainError RECEIPT_DAY, LIST_HEADER, LIST_EMPTY, FILE_TOO_LARGE, WORKBOOK_…
 */
export async function uploadBankReceipt(
  service: Industry,
  actor: Actor & Reader,
  batchId: string,
  asked: { name: string; paidOn: string | undefined },
  upload: Readable,
): Promise<AnswerOf<typeof operation>> {
  const { declarationId } = await getPaymentBatch(pgSql(service.pool), actor.caller, batchId);
  const paidOn = asked.paidOn ?? businessDayOf(actor.now);
  demand(paidOn <= businessDayOf(actor.now), 'RECEIPT_DAY');
  const { file, list } = await takeList(service, upload, RECEIPT_COLUMNS);
  const input = { batchId, name: asked.name, paidOn, sha256: file.sha256 };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const declaration = await holdDeclaration(sql, actor.caller, declarationId, 'acts');
    const found = problemList(MESSAGES, actor.language, list);
    const lines = await findLines(sql, declarationId);
    const effect = decideReceipt(list.rows, lines, await findReferences(sql, batchId), batchId, found.note);
    const taken = found.count === 0;
    if (taken) await apply(sql, effect, declaration, { batchId, paidOn });
    const paid = taken ? effect.paid.length : 0;
    const rejected = taken ? effect.rejected.length : 0;
    const unchanged = taken ? effect.unchanged : 0;
    if (taken) {
      await sql.query(
        `INSERT INTO bank_receipt (id, batch_id, county_code, file_name, file_sha256, paid, rejected, unchanged, brought_by,
           brought_at) VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6::int, $7::int, $8::int, $9, $10::text::timestamptz)`,
        [
          service.newId(actor.now),
          batchId,
          declaration.countyCode,
          asked.name,
          file.sha256,
          paid,
          rejected,
          unchanged,
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
        paid,
        rejected,
        unchanged,
        batch: await getPaymentBatch(sql, actor.caller, batchId),
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'payment-batch',
          recordId: batchId,
          change: { after: { ...input, taken, paid, rejected, unchanged, problems: found.count } },
        },
      ],
      events: taken ? confirmations(effect, declaration, paidOn) : [],
    };
  });
}

async function findLines(sql: Sql, declarationId: string): Promise<Map<string, LineRow>> {
  const lines = await sql.query<LineRow>(
    `SELECT ${PAYMENT_COLUMNS} FROM dividend_line l WHERE l.declaration_id = $1::uuid`,
    [declarationId],
  );
  return new Map(lines.map((line) => [line.id, line]));
}

/** The bank's references of this batch so far, with the line each paid. */
async function findReferences(sql: Sql, batchId: string): Promise<Map<string, string>> {
  const payments = await sql.query<{ reference: string; line: string }>(
    'SELECT reference, line_id::text AS line FROM dividend_payment WHERE batch_id = $1::uuid',
    [batchId],
  );
  return new Map(payments.map(({ reference, line }) => [reference, line]));
}

async function apply(
  sql: Sql,
  { paid, rejected }: ReceiptEffect,
  declaration: DeclarationRow,
  payment: { readonly batchId: string; readonly paidOn: string },
): Promise<void> {
  const lines = paid.map(({ row }) => row.id);
  const references = paid.map(({ reference }) => reference);
  await sql.query(
    `UPDATE dividend_line l SET state = 'paid', bank_reference = g.reference, paid_on = $3::text::date
     FROM unnest($1::text[], $2::text[]) AS g (line, reference) WHERE l.id = g.line::uuid`,
    [lines, references, payment.paidOn],
  );
  await sql.query(
    `INSERT INTO dividend_payment (line_id, county_code, batch_id, household_id, amount_fen, reference, paid_on)
     SELECT l.id, l.county_code, $3::uuid, l.household_id, l.payable_fen, g.reference, $4::text::date
     FROM unnest($1::text[], $2::text[]) AS g (line, reference) JOIN dividend_line l ON l.id = g.line::uuid`,
    [lines, references, payment.batchId, payment.paidOn],
  );
  await sql.query(
    `UPDATE dividend_line l SET state = 'open', batch_id = NULL, rejection = g.reason, bank_name = m.bank_name,
       account_sealed = m.account_sealed, account_tail = m.account_tail
     FROM unnest($1::text[], $2::text[]) AS g (line, reason), contract_household m
     WHERE l.id = g.line::uuid AND m.contract_id = $3::uuid AND m.household_id = l.household_id`,
    [rejected.map(({ row }) => row.id), rejected.map(({ reason }) => reason), declaration.contractId],
  );
  if (paid.length + rejected.length > 0) {
    await sql.query('UPDATE declaration SET version = version + 1 WHERE id = $1::uuid', [declaration.id]);
  }
}

function confirmations({ paid }: ReceiptEffect, declaration: DeclarationRow, paidOn: string) {
  return paid.map(({ row }) =>
    dividendConfirmed.of(declaration.countyCode, {
      lineId: row.id,
      householdId: row.householdId,
      householdNumber: row.householdNumber,
      year: declaration.year,
      amountFen: row.payableFen,
      entityId: declaration.entityId,
      entityName: declaration.entityName,
      confirmedOn: paidOn,
    }),
  );
}

import * as contract from '@bangfu/contracts/industry/payments';
import { isAnyOf } from '@bangfu/data/any-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { BankPayment, SentLine } from '@bangfu/domain/industry/payment';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { fen } from '@bangfu/domain/shared/money';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendConfirmed, dividendReturned } from '@bangfu/events/catalog/industry';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readListIn } from '@bangfu/platform/jobs/list-job';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { ListRow } from '@bangfu/platform/spreadsheet/read-list';
import { sql } from 'kysely';
import { z } from 'zod';
import { problemList } from '../../../lists/problems.ts';
import { LIST_OPTIONS, MAX_LIST_BYTES } from '../../../lists/read-list.ts';
import { list, type Tables } from '../../../operations.ts';
import { type DeclarationRow, holdDeclaration } from '../../declarations/declaration.repository.ts';
import { getBatch } from '../batch.repository.ts';
import { takeListedAccounts } from '../line-accounts.ts';
import { paymentLines } from '../line.repository.ts';
import { findStandings, isKept, settleHouseholds, withHistory } from '../standing.repository.ts';
import { RECEIPT_COLUMNS, type ReceiptKey } from '../bank-layout.ts';
import { decideReceipt, type ReceiptEffect, referenceKey } from './receipt-rows.ts';
import {
  paidLinesSql,
  paymentsSql,
  rejectedLinesSql,
  rejectedSentSql,
  returnedLinesSql,
  returnsSql,
} from './receipt.sql.ts';

/** A payment that a receipt told of, under the id it goes by. */
type Paid = ReceiptEffect['paid'][number] & { readonly paymentId: string };

async function daysOf(read: ReadSql<Tables>, { caller, now }: { caller: Caller; now: Date }, batchId: string) {
  const { declarationId, createdAt } = await getBatch(read, caller, batchId);
  return { declarationId, madeOn: businessDayOf(new Date(createdAt)), today: businessDayOf(now) };
}

/**
 * Applies the bank's receipt to a batch: all of it, or nothing when any row is wrong. Paid lines become payments, once
 * each, and income evidence by event; a payment the bank returned stays with its return, its line is to be paid again,
 * and a closed declaration is opened by it. The same file again changes nothing.
 * @throws Refusal 404; DomainError DAY_TOO_EARLY, DAY_TOO_LATE, FILE_TOO_LARGE, WORKBOOK_EMPTY
 */
export const uploadBankReceipt = list(contract.uploadBankReceipt, {
  kind: 'bank-receipt',
  maxBytes: MAX_LIST_BYTES,
  outcome: contract.BankReceiptOutcome,
  asked: z.object({ batchId: z.uuid(), paidOn: z.iso.date() }),
  ask: async (call) => {
    const { batchId } = call.params;
    const { paidOn } = call.query;
    const days = await daysOf(call.read, call, batchId);
    if (paidOn) demandDay(businessDay(paidOn), { from: days.madeOn, until: days.today });
    // The day of rows without one is the day it was brought, where none is given.
    return { batchId, paidOn: paidOn ?? days.today };
  },
  read: (path, _order, run) => readListIn(run, path, RECEIPT_COLUMNS, LIST_OPTIONS),
  take: async (call) => {
    const { tx, caller, now, audit, order, list: given } = call;
    const { asked, name, file } = order;
    const { batchId } = asked;
    const { declarationId, ...days } = await daysOf(tx.sql, call, batchId);
    const on = businessDay(asked.paidOn);
    const declaration = await holdDeclaration(tx, caller, declarationId, 'acts');
    const found = problemList(given);
    const known = await wasTaken(tx.sql, batchId, file.sha256);
    const effect = known
      ? { ...NOTHING, unchanged: given.rows.length }
      : decideReceipt(
          given.rows,
          { ...(await findFacts(tx.sql, declaration, batchId, given.rows)), ...days, on },
          found.note,
        );
    const taken = found.count === 0;
    const { paid, rejected, returned, unchanged } = taken ? effect : NOTHING;
    const counts = { paid: paid.length, rejected: rejected.length, returned: returned.length, unchanged };
    const made = taken ? await apply(call, effect, declaration, batchId) : UNMADE;
    if (taken) {
      await tx.sql
        .insertInto('bank_receipt')
        .values({
          id: call.newId(),
          batch_id: batchId,
          county_code: declaration.countyCode,
          file_name: name,
          file_sha256: file.sha256,
          ...counts,
          brought_by: caller.name,
          brought_at: now,
        })
        .execute();
    }
    audit.change('payment-batch', batchId, null, {
      batchId,
      name,
      paidOn: on,
      sha256: file.sha256,
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
    });
    if (made.reopened) {
      audit.besides('industry.declaration.reopened', 'declaration', declarationId, {
        before: { status: declaration.status },
        after: { status: 'in-payment', batch: batchId },
      });
    }
    for (const event of made.events) call.emit(event);
    return {
      rows: given.rows.length,
      taken,
      problems: found.problems(),
      warnings: found.warnings,
      ...counts,
      reopened: made.reopened,
      batch: await getBatch(tx.sql, caller, batchId),
    };
  },
});

const NOTHING: ReceiptEffect = { paid: [], rejected: [], returned: [], unchanged: 0 };
const UNMADE: { events: NewEvent[]; reopened: boolean } = { events: [], reopened: false };

/** Whether the very file was taken for the batch before. */
async function wasTaken(read: ReadSql<Tables>, batchId: string, sha256: string): Promise<boolean> {
  const found = await read
    .selectFrom('bank_receipt')
    .where('batch_id', '=', batchId)
    .where('file_sha256', '=', sha256)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

async function findFacts(
  read: Transaction<Tables>['sql'],
  declaration: DeclarationRow,
  batchId: string,
  rows: readonly ListRow<ReceiptKey>[],
) {
  const { id, countyCode } = declaration;
  const found = await paymentLines(read).where('l.declaration_id', '=', id).execute();
  const lines = new Map(found.map((line) => [line.id, line]));
  const sent = await findSent(read, batchId);
  const keys = rows.map(({ values }) => referenceKey(values.reference)).filter((key) => key !== '');
  // Two receipts of the county cannot bring the same reference at once.
  await sql`select pg_advisory_xact_lock(hashtextextended('bank-reference ' || ${countyCode}::text, 0))`.execute(read);
  const known = await read
    .selectFrom('dividend_payment as p')
    .where('p.county_code', '=', countyCode)
    .where((eb) => isAnyOf(eb.ref('p.reference_key'), keys))
    .select((eb) => [eb.ref('p.reference_key').$notNull().as('key'), 'p.line_id as lineId', 'p.batch_id as batchId'])
    .execute();
  const references = new Map(known.map(({ key, ...payment }) => [key, payment]));
  const named = rows.flatMap(({ values }) => lines.get(values.line.toLowerCase())?.householdId ?? []);
  const standings = await findStandings(read, id, await withHistory(read, id, named));
  const had = new Map([...standings].map(([householdId, { hadFen }]) => [householdId, hadFen]));
  return { batchId, lines, sent, references, had };
}

/** The lines of a batch as they were sent, with the bank's answers so far. */
async function findSent(read: ReadSql<Tables>, batchId: string): Promise<Map<string, SentLine>> {
  const sent = await read
    .selectFrom('payment_batch_line')
    .where('batch_id', '=', batchId)
    .select(['line_id as lineId', 'amount_fen as amountFen', 'rejection'])
    .execute();
  const payments = await read
    .selectFrom('dividend_payment as p')
    .where('p.batch_id', '=', batchId)
    .orderBy('p.recorded_at')
    .orderBy('p.id')
    .select(['p.id', 'p.line_id as lineId', 'p.amount_fen as amountFen', 'p.reference'])
    .select((eb) => [
      eb.ref('p.paid_on').$castTo<BusinessDay>().as('paidOn'),
      eb.not(isKept(eb)).$castTo<boolean>().as('isReturned'),
    ])
    .execute();
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
  {
    tx,
    caller,
    now,
    kit,
    newId,
  }: Pick<CommandCall<typeof contract.uploadBankReceipt, Tables>, 'tx' | 'caller' | 'now' | 'kit' | 'newId'>,
  effect: ReceiptEffect,
  declaration: DeclarationRow,
  batchId: string,
): Promise<{ events: NewEvent[]; reopened: boolean }> {
  const { rejected, returned } = effect;
  if (effect.paid.length + rejected.length + returned.length === 0) return UNMADE;
  const { id } = declaration;
  const paid = effect.paid.map((each) => ({ ...each, paymentId: newId() }));
  const touched = [...paid, ...rejected, ...returned].map(({ row }) => row.householdId);
  const back = returned.map(({ row }) => row.householdId);
  const before = await findStandings(tx.sql, id, [...new Set([...back, ...(await withHistory(tx.sql, id, touched))])]);
  await pay(tx, paid, batchId);
  await reject(tx, rejected, batchId);
  await takeBack(tx, returned, caller.name);
  // To be paid again, to the account that is on the list by now.
  const open = [...rejected, ...returned].map(({ row }) => row.id);
  await takeListedAccounts(tx, kit.cipher, open);
  const { events, reopened } = await settleHouseholds(tx, declaration, before, {
    kind: 'returned',
    reason: '银行退汇',
    by: caller,
    now,
    newId: kit.newId,
    cipher: kit.cipher,
  });
  return { events: [...returns(effect, declaration), ...confirmations(paid, declaration), ...events], reopened };
}

async function pay({ client }: Transaction<Tables>, paid: readonly Paid[], batchId: string): Promise<void> {
  const lines = paid.map(({ row }) => row.id);
  const references = paid.map(({ reference }) => reference);
  const keys = references.map(referenceKey);
  const days = paid.map(({ on }) => on);
  const ids = paid.map(({ paymentId }) => paymentId);
  await paidLinesSql.run(client, lines, references, days, batchId);
  await paymentsSql.run(client, ids, lines, references, keys, days, batchId);
}

async function reject(
  { client }: Transaction<Tables>,
  rejected: ReceiptEffect['rejected'],
  batchId: string,
): Promise<void> {
  const lines = rejected.map(({ row }) => row.id);
  const reasons = rejected.map(({ reason }) => reason);
  await rejectedSentSql.run(client, lines, reasons, batchId);
  await rejectedLinesSql.run(client, lines, reasons);
}

/** Keeps the returns with their payments; a line that counts is to be paid again, and no word holds of it any more. */
async function takeBack(
  { client }: Transaction<Tables>,
  returned: ReceiptEffect['returned'],
  broughtBy: string,
): Promise<void> {
  const lines = returned.map(({ row }) => row.id);
  const payments = returned.map(({ payment }) => payment.id);
  const reasons = returned.map(({ reason }) => reason);
  const days = returned.map(({ on }) => on);
  await returnsSql.run(client, payments, reasons, days, broughtBy);
  await returnedLinesSql.run(client, lines, reasons);
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

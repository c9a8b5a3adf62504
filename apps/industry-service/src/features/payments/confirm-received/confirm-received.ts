import * as contract from '@bangfu/contracts/industry/payments';
import { demandConfirmable, standingWord } from '@bangfu/domain/industry/line-steps';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { shownLines } from '../../../db/shown-lines.ts';
import { command } from '../../../operations.ts';
import { lockDeclaration } from '../../declarations/declaration.repository.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';
import { findPayment, findWords, getPayers, witnessOf } from '../word.repository.ts';

/**
 * Keeps what a household says it received, said by itself or taken down for it by somebody who has no hand in paying.
 * A word is never overwritten: each is a row of its own, and the household's own is over those taken down for it. A
 * difference waits as a ticket for the township and finance.
 * @throws Refusal 404; DomainError DECLARATION_CLOSED, LINE_NOT_PAID, WITNESS_PAYS, DAY_TOO_EARLY, DAY_TOO_LATE
 */
export const confirmReceived = command(contract.confirmReceived, async (call) => {
  const { tx, caller, now } = call;
  const { lineId } = call.params;
  const { receivedFen, receivedOn } = call.body;
  const own = scopeIds(caller, 'household');
  const { declarationId } = await getLine(tx.sql, caller, lineId, own);
  await lockDeclaration(tx, declarationId);
  const row = await getLine(tx.sql, caller, lineId, own);
  const payers = await getPayers(tx.sql, row);
  const witness = witnessOf(caller, row, payers);
  demandConfirmable(toPaymentLine(row), { status: payers.status, witness });
  const payment = await findPayment(tx.sql, lineId);
  if (!payment) throw new Error('a paid line without a payment');
  if (receivedOn) demandDay(businessDay(receivedOn), { from: payment.sentOn, until: businessDayOf(now) });
  await tx.sql
    .insertInto('dividend_confirmation')
    .values({
      id: call.newId(),
      line_id: lineId,
      county_code: payers.countyCode,
      payment_id: payment.id,
      received_fen: receivedFen,
      received_on: receivedOn ?? null,
      own: witness.isHousehold,
      said_by_id: caller.id,
      said_by: caller.name,
      said_at: now,
    })
    .execute();
  const stands = standingWord(await findWords(tx.sql, payment.id));
  await tx.sql
    .updateTable('dividend_line')
    .set({ confirmed_fen: stands?.receivedFen ?? null, confirmed_at: stands?.saidAt ?? null })
    .where('id', '=', lineId)
    .execute();
  const line = await shownLines(tx.sql).where('l.id', '=', lineId).executeTakeFirst();
  if (!line) throw notFound();
  const differs = line.confirmedFen !== row.payableFen;
  call.audit.change('dividend-line', lineId, null, {
    receivedFen,
    receivedOn,
    isHousehold: witness.isHousehold,
    standsFen: line.confirmedFen,
    payableFen: row.payableFen,
    differs,
  });
  return { line, differs };
});

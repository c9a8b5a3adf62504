import * as contract from '@bangfu/contracts/industry/payments';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { LINE_STEPS, lineRefusal, type LineStep } from '@bangfu/domain/industry/line-steps';
import { callingAs } from '@bangfu/platform/steps';
import { shownLines } from '../../../db/shown-lines.ts';
import { query, type Tables } from '../../../operations.ts';
import { callerRefusal, type StepCommand, toStep } from '../../../steps.ts';
import { getDeclaration } from '../../declarations/declaration.repository.ts';
import { openCorrection } from '../correction.repository.ts';
import { findLine, getLine, toPaymentLine } from '../line.repository.ts';
import { getPayers, witnessOf } from '../word.repository.ts';

const COMMANDS: Record<LineStep, StepCommand> = {
  confirm: { op: contract.confirmReceived, reach: 'sees' },
  correct: { op: contract.proposeCorrection, reach: 'acts' },
};

/** One line with what the caller can do with it now. @throws Refusal 404 */
export const getDividendLine = query(contract.getDividendLine, async (call) => {
  const { read, caller, language } = call;
  const { lineId } = call.params;
  const row = await getLine(read, caller, lineId);
  const declaration = await getDeclaration(read, caller, row.declarationId);
  const open = await openCorrection(read, lineId);
  const payers = await getPayers(read, row);
  const facts = {
    status: declaration.status,
    correctionOpen: open !== undefined,
    witness: witnessOf(caller, row, payers),
  };
  const steps = [];
  for (const step of LINE_STEPS) {
    const command = COMMANDS[step];
    const as = callingAs(call, command.op);
    // Near enough to the entity is not yet near enough to each of its households.
    const near = as.usable.length > 0 && (await findLine(read, as, lineId));
    const refusal =
      (await callerRefusal(read, call, command, declaration.entityId)) ??
      (near ? null : { code: 'STEP_ELSEWHERE', params: {} }) ??
      lineRefusal(step, toPaymentLine(row), facts);
    steps.push(toStep(step, refusal, language));
  }
  const line = await shownLines(read).where('l.id', '=', lineId).executeTakeFirstOrThrow();
  return { ...line, steps, payments: await paymentsOf(read, lineId), words: await wordsOf(read, lineId) };
});

/** The payments of a line with their returns, the oldest first. */
const paymentsOf = (read: ReadSql<Tables>, lineId: string) =>
  read
    .selectFrom('dividend_payment as p')
    .innerJoin('payment_batch as b', 'b.id', 'p.batch_id')
    .leftJoin('dividend_return as r', 'r.payment_id', 'p.id')
    .where('p.line_id', '=', lineId)
    .orderBy('p.recorded_at')
    .orderBy('p.id')
    .select(['p.id', 'p.batch_id as batchId', 'b.number as batchNumber', 'p.amount_fen as amountFen', 'p.reference'])
    .select(['p.paid_on as paidOn', 'r.returned_on as returnedOn', 'r.reason as returnReason'])
    .execute();

/** What was said to have been received of a line, the oldest first. */
const wordsOf = (read: ReadSql<Tables>, lineId: string) =>
  read
    .selectFrom('dividend_confirmation as w')
    .where('w.line_id', '=', lineId)
    .orderBy('w.said_at')
    .orderBy('w.recorded_at')
    .orderBy('w.id')
    .select(['w.id', 'w.payment_id as paymentId', 'w.received_fen as receivedFen', 'w.received_on as receivedOn'])
    .select((eb) => [
      eb.fn.coalesce('w.own', eb.lit(false)).as('isHousehold'),
      'w.said_by as saidBy',
      instantOf(eb.ref('w.said_at')).as('saidAt'),
    ])
    .execute();

import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/payments';
import {
  CORRECTION_DECISIONS,
  decisionRefusal,
  LINE_STEPS,
  lineRefusal,
  type LineStep,
} from '@bangfu/domain/industry/line-steps';
import type { Sql } from '@bangfu/data/sql';
import { holds, usableGrants } from '@bangfu/platform/auth/caller';
import { instant } from '@bangfu/data/instant';
import type { Reader } from '@bangfu/platform/steps';
import { POLICY } from '../contracts/policy.ts';
import { callerRefusal, type StepCommand, toStep } from '../../steps.ts';
import { type DeclarationRow, getDeclaration } from '../declarations/declaration.repository.ts';
import { LINE_COLUMNS, type ShownLine } from '../declarations/list-lines/list-lines.query.ts';
import { correctionCase, findCorrections } from './correction.repository.ts';
import { findLine, getLine, type LineRow, toPaymentLine } from './line.repository.ts';
import { getPayers, witnessOf } from './word.repository.ts';

const COMMANDS: Record<LineStep, StepCommand> = {
  confirm: { op: contract.confirmReceived, reach: 'sees' },
  correct: { op: contract.proposeCorrection, reach: 'acts' },
};

/** One line with what the caller can do with it now. @throws Refusal 404 */
export async function lineWithSteps(
  sql: Sql,
  lineId: string,
  reader: Reader,
): Promise<AnswerInputOf<typeof contract.getDividendLine>> {
  const { caller, now, language } = reader;
  const row = await getLine(sql, caller, lineId);
  const declaration = await getDeclaration(sql, caller, row.declarationId);
  const open = await findCorrections(sql, `c.line_id = $1::uuid AND c.state = 'proposed'`, [lineId]);
  const payers = await getPayers(sql, row);
  const facts = {
    status: declaration.status,
    correctionOpen: open.length > 0,
    witness: witnessOf(caller, row, payers),
  };
  const steps = [];
  for (const step of LINE_STEPS) {
    const command = COMMANDS[step];
    const usable = usableGrants(caller, command.op.access, 'industry', now);
    // Near enough to the entity is not yet near enough to each of its households.
    const near = usable.length > 0 && (await findLine(sql, { ...caller, usable }, lineId));
    const refusal =
      (await callerRefusal(sql, reader, command, declaration.entityId)) ??
      (near ? null : { code: 'STEP_ELSEWHERE', params: {} }) ??
      lineRefusal(step, toPaymentLine(row), facts);
    steps.push(toStep(step, refusal, language));
  }
  const [line] = await sql.query<ShownLine>(`SELECT ${LINE_COLUMNS} FROM dividend_line l WHERE l.id = $1::uuid`, [
    lineId,
  ]);
  if (!line) throw new Error('a line vanished while it was read');
  return { ...line, steps, ...(await historyOf(sql, row)) };
}

/** The payments of a line with their returns, and what was said to have been received, the oldest first. */
async function historyOf(
  sql: Sql,
  { id }: LineRow,
): Promise<Pick<AnswerInputOf<typeof contract.getDividendLine>, 'payments' | 'words'>> {
  const payments = await sql.query<AnswerInputOf<typeof contract.getDividendLine>['payments'][number]>(
    `SELECT p.id::text AS id, p.batch_id::text AS "batchId", b.number AS "batchNumber",
       p.amount_fen::float8 AS "amountFen", p.reference, p.paid_on::text AS "paidOn", r.returned_on::text AS "returnedOn",
       r.reason AS "returnReason"
     FROM dividend_payment p JOIN payment_batch b ON b.id = p.batch_id
     LEFT JOIN dividend_return r ON r.payment_id = p.id WHERE p.line_id = $1::uuid ORDER BY p.recorded_at, p.id`,
    [id],
  );
  const words = await sql.query<AnswerInputOf<typeof contract.getDividendLine>['words'][number]>(
    `SELECT w.id::text AS id, w.payment_id::text AS "paymentId", w.received_fen::float8 AS "receivedFen",
       w.received_on::text AS "receivedOn", coalesce(w.own, false) AS "isHousehold", w.said_by AS "saidBy",
       ${instant('w.said_at')} AS "saidAt"
     FROM dividend_confirmation w WHERE w.line_id = $1::uuid ORDER BY w.said_at, w.recorded_at, w.id`,
    [id],
  );
  return { payments, words };
}

/** The corrections of a declaration, each with how the caller can decide it now. */
export async function correctionsWithSteps(
  sql: Sql,
  declaration: DeclarationRow,
  reader: Reader,
): Promise<AnswerInputOf<typeof contract.listCorrections>['rows']> {
  const command = { op: contract.decideCorrection, reach: 'acts' } as const;
  const closed = await callerRefusal(sql, reader, command, declaration.entityId);
  const usable = usableGrants(reader.caller, command.op.access, 'industry', reader.now);
  const decider = { id: reader.caller.id, isLeader: holds({ ...reader.caller, usable }, 'county-leader') };
  const corrections = await findCorrections(sql, 'c.declaration_id = $1::uuid', [declaration.id]);
  return corrections.map((correction) => {
    const standing = correctionCase(correction, declaration);
    const steps = CORRECTION_DECISIONS.map((step) =>
      toStep(step, closed ?? decisionRefusal(standing, decider, step, POLICY), reader.language),
    );
    return { ...correction, steps };
  });
}

import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/payments';
import {
  CORRECTION_DECISIONS,
  decisionRefusal,
  LINE_STEPS,
  lineRefusal,
  type LineStep,
} from '@bangfu/domain/industry/line-steps';
import type { Sql } from '@bangfu/events/sql';
import { usableGrants } from '@bangfu/service-kit/auth/caller';
import type { Reader } from '@bangfu/service-kit/steps';
import { callerRefusal, type StepCommand, toStep } from '../../steps.ts';
import { type DeclarationRow, getDeclaration } from '../declarations/declaration.repository.ts';
import { LINE_COLUMNS, type ShownLine } from '../declarations/list-lines/list-lines.query.ts';
import { correctionCase, findCorrections } from './correction.repository.ts';
import { findLine, getLine, toPaymentLine } from './line.repository.ts';

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
  const facts = { status: declaration.status, correctionOpen: open.length > 0 };
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
  return { ...line, steps };
}

/** The corrections of a declaration, each with how the caller can decide it now. */
export async function correctionsWithSteps(
  sql: Sql,
  declaration: DeclarationRow,
  reader: Reader,
): Promise<AnswerInputOf<typeof contract.listCorrections>['rows']> {
  const command = { op: contract.decideCorrection, reach: 'acts' } as const;
  const closed = await callerRefusal(sql, reader, command, declaration.entityId);
  const corrections = await findCorrections(sql, 'c.declaration_id = $1::uuid', [declaration.id]);
  return corrections.map((correction) => {
    const standing = correctionCase(correction, declaration.status);
    const steps = CORRECTION_DECISIONS.map((step) =>
      toStep(step, closed ?? decisionRefusal(standing, reader.caller.id, step), reader.language),
    );
    return { ...correction, steps };
  });
}

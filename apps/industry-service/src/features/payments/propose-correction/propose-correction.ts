import { industryPolicy } from '../../../db/policy.ts';
import * as contract from '@bangfu/contracts/industry/payments';
import { beyondOffices, correctedLines, demandCorrectable } from '@bangfu/domain/industry/line-steps';
import { fen } from '@bangfu/domain/shared/money';
import { command } from '../../../operations.ts';
import { holdDeclaration } from '../../declarations/declaration.repository.ts';
import { correctedHousehold, corrections, openCorrection } from '../correction.repository.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';

/**
 * Proposes that a line be reversed and replaced: by another amount, or by its amount for another household of the
 * contract, which may have a line of its own. Beyond the policy's bound it waits for the county leader.
 * @throws Refusal 404; DomainError DECLARATION_CLOSED, DECLARATION_STATUS, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN,
 * LIST_HOUSEHOLD_UNKNOWN, CORRECTION_MOVES_NOTHING, SUM_TOO_LARGE
 */
export const proposeCorrection = command(contract.proposeCorrection, async (call) => {
  const { body, tx, caller, now } = call;
  const { lineId } = call.params;
  const { amountFen, reason } = body;
  const { declarationId } = await getLine(tx.sql, caller, lineId);
  const declaration = await holdDeclaration(tx, caller, declarationId, 'acts');
  const row = await getLine(tx.sql, caller, lineId);
  const line = toPaymentLine(row);
  const householdNumber = body.householdNumber ?? row.householdNumber;
  // What is left is of the line's own household; an amount of its own leaves nothing besides.
  const leftFen = householdNumber === row.householdNumber ? 0 : body.leftFen;
  const open = await openCorrection(tx.sql, lineId);
  demandCorrectable(line, { status: declaration.status, correctionOpen: open !== undefined });
  const fresh = correctedLines({
    line,
    household: await correctedHousehold(tx.sql, row, householdNumber),
    amountFen: fen(amountFen),
    leftFen: fen(leftFen),
    totalFen: declaration.totalFen,
  });
  const policy = await industryPolicy(tx.sql, caller, now);
  const higherHand = beyondOffices(fresh, policy) !== undefined;
  const id = call.newId();
  await tx.sql
    .insertInto('dividend_correction')
    .values({
      id,
      county_code: declaration.countyCode,
      declaration_id: declarationId,
      line_id: lineId,
      new_household_number: householdNumber,
      new_amount_fen: amountFen,
      left_fen: leftFen,
      higher_hand: higherHand,
      policy_id: policy.dividends.id,
      reason,
      made_by_id: caller.id,
      made_by: caller.name,
      made_at: now,
    })
    .execute();
  call.audit.change(
    'dividend-line',
    lineId,
    { householdNumber: row.householdNumber, amountFen: row.amountFen },
    { correction: id, householdNumber, amountFen, leftFen, higherHand, reason },
  );
  return corrections(tx.sql).where('c.id', '=', id).executeTakeFirstOrThrow();
});

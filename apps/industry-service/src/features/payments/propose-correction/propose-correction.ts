import type { BodyOf } from '@bangfu/contracts/core/operation';
import { proposeCorrection as operation } from '@bangfu/contracts/industry/payments';
import { demandCorrectable, demandPayable } from '@bangfu/domain/industry/line-steps';
import { correctLine } from '@bangfu/domain/industry/payment';
import { fen } from '@bangfu/domain/shared/money';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdDeclaration } from '../../declarations/declaration.repository.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';
import { correctedHousehold, findCorrections, type ShownCorrection } from '../correction.repository.ts';

/** Stands for whoever will decide, so that the domain can refuse what no one could approve. */
const ANOTHER_PERSON = 'another';

/**
 * Proposes that a line be reversed and replaced, by another amount or for another household of the contract.
 * @throws Refusal 404; DomainError DECLARATION_STATUS, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN,
 * LIST_HOUSEHOLD_UNKNOWN, CORRECTION_HOUSEHOLD_HAS_LINE, DECLARATION_REASON_MISSING
 */
export async function proposeCorrection(
  service: Industry,
  actor: Actor,
  lineId: string,
  body: BodyOf<typeof operation>,
): Promise<ShownCorrection> {
  const id = service.newId(actor.now);
  return runCommand(service.bulk, service.newId, operation, actor, { lineId, ...body }, async (_tx, sql) => {
    const { declarationId } = await getLine(sql, actor.caller, lineId);
    const declaration = await holdDeclaration(sql, actor.caller, declarationId, 'acts');
    const line = await getLine(sql, actor.caller, lineId);
    const householdNumber = body.householdNumber ?? line.householdNumber;
    const open = await findCorrections(sql, `c.line_id = $1::uuid AND c.state = 'proposed'`, [lineId]);
    demandCorrectable(toPaymentLine(line), { status: declaration.status, correctionOpen: open.length > 0 });
    demandPayable(await correctedHousehold(sql, declarationId, householdNumber, lineId));
    correctLine(toPaymentLine(line), {
      lineNumber: declaration.lines + 1,
      householdNumber,
      amountFen: fen(body.amountFen),
      reason: body.reason,
      madeBy: actor.caller.id,
      checkedBy: ANOTHER_PERSON,
    });
    await sql.query(
      `INSERT INTO dividend_correction (id, county_code, declaration_id, line_id, new_household_number, new_amount_fen,
         reason, made_by_id, made_by, made_at)
       VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6::bigint, $7, $8, $9, $10::text::timestamptz)`,
      [
        id,
        declaration.countyCode,
        declarationId,
        lineId,
        householdNumber,
        body.amountFen,
        body.reason,
        actor.caller.id,
        actor.caller.name,
        actor.now.toISOString(),
      ],
    );
    const [answer] = await findCorrections(sql, 'c.id = $1::uuid', [id]);
    if (!answer) throw new Error('a correction vanished in its own transaction');
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'dividend-line',
          recordId: lineId,
          change: {
            before: { householdNumber: line.householdNumber, amountFen: line.amountFen },
            after: { correction: id, householdNumber, amountFen: body.amountFen, reason: body.reason },
          },
        },
      ],
    };
  });
}

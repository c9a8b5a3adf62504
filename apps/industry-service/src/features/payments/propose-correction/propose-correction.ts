import type { BodyOf } from '@bangfu/contracts/core/operation';
import { proposeCorrection as operation } from '@bangfu/contracts/industry/payments';
import { beyondOffices, correctedLines, demandCorrectable } from '@bangfu/domain/industry/line-steps';
import { fen } from '@bangfu/domain/shared/money';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { POLICY } from '../../contracts/policy.ts';
import { holdDeclaration } from '../../declarations/declaration.repository.ts';
import { correctedHousehold, findCorrections, type ShownCorrection } from '../correction.repository.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';

/**
 * Proposes that a line be reversed and replaced: by another amount, or by its amount for another household of the
 * contract, which may have a line of its own. Beyond the policy's bound it waits for the county leader.
 * @throws Refusal 404; DomainError DECLARATION_CLOSED, DECLARATION_STATUS, LINE_REPLACED, LINE_IN_BATCH, CORRECTION_OPEN,
 * LIST_HOUSEHOLD_UNKNOWN, CORRECTION_MOVES_NOTHING, SUM_TOO_LARGE
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
    const row = await getLine(sql, actor.caller, lineId);
    const line = toPaymentLine(row);
    const householdNumber = body.householdNumber ?? row.householdNumber;
    // What is left is of the line's own household; an amount of its own leaves nothing beside.
    const leftFen = householdNumber === row.householdNumber ? 0 : body.leftFen;
    const open = await findCorrections(sql, `c.line_id = $1::uuid AND c.state = 'proposed'`, [lineId]);
    demandCorrectable(line, { status: declaration.status, correctionOpen: open.length > 0 });
    const fresh = correctedLines({
      line,
      household: await correctedHousehold(sql, row, householdNumber),
      amountFen: fen(body.amountFen),
      leftFen: fen(leftFen),
      totalFen: declaration.totalFen,
    });
    const higherHand = beyondOffices(fresh, POLICY) !== undefined;
    await sql.query(
      `INSERT INTO dividend_correction (id, county_code, declaration_id, line_id, new_household_number, new_amount_fen,
         left_fen, higher_hand, reason, made_by_id, made_by, made_at)
       VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6::bigint, $7::bigint, $8::boolean, $9, $10, $11,
         $12::text::timestamptz)`,
      [
        id,
        declaration.countyCode,
        declarationId,
        lineId,
        householdNumber,
        body.amountFen,
        leftFen,
        higherHand,
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
            before: { householdNumber: row.householdNumber, amountFen: row.amountFen },
            after: {
              correction: id,
              householdNumber,
              amountFen: body.amountFen,
              leftFen,
              higherHand,
              reason: body.reason,
            },
          },
        },
      ],
    };
  });
}

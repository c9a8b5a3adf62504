import { instant } from '@bangfu/data/instant';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { proposeCorrection } from '@bangfu/contracts/industry/payments';
import type { CorrectedHousehold, CorrectionCase } from '@bangfu/domain/industry/line-steps';
import { fen } from '@bangfu/domain/shared/money';
import type { Sql } from '@bangfu/data/sql';
import type { DeclarationRow } from '../declarations/declaration.repository.ts';
import { type LineRow, PAYMENT_COLUMNS, toPaymentLine } from './line.repository.ts';

export type ShownCorrection = AnswerOf<typeof proposeCorrection>;

interface HouseholdFacts {
  readonly isOfContract: boolean;
  /** The household's line that counts, when it is another household than the corrected line's. */
  readonly otherLine: LineRow | null;
  readonly otherCorrectionOpen: boolean;
}

/** A correction with what a decision needs beside what is shown: its line as it is now, and the household it would pay. */
export interface CorrectionRow extends ShownCorrection, HouseholdFacts {
  readonly lineId: string;
  readonly madeById: string;
  readonly line: LineRow;
}

/** Whether a correction of a line waits for its decision. */
export const correctionWaits = (lineId: string) =>
  `EXISTS (SELECT 1 FROM dividend_correction o WHERE o.line_id = ${lineId} AND o.state = 'proposed')`;

/** Whether a household is of a declaration's contract, and the line it has of it beside the one corrected. */
const householdFacts = (declarationId: string, householdNumber: string, lineId: string) =>
  `EXISTS (SELECT 1 FROM contract_household m JOIN declaration d ON d.contract_id = m.contract_id
     WHERE d.id = ${declarationId} AND m.household_number = ${householdNumber}) AS "isOfContract",
   (SELECT to_jsonb(other) FROM (SELECT ${PAYMENT_COLUMNS} FROM dividend_line l WHERE l.declaration_id = ${declarationId}
     AND l.household_number = ${householdNumber} AND l.counts AND l.id <> ${lineId}) other) AS "otherLine",
   coalesce((SELECT ${correctionWaits('l.id')} FROM dividend_line l WHERE l.declaration_id = ${declarationId}
     AND l.household_number = ${householdNumber} AND l.counts AND l.id <> ${lineId}), false) AS "otherCorrectionOpen"`;

/** Corrections by a condition over `dividend_correction c`, in the order they were proposed. */
export function findCorrections(sql: Sql, where: string, params: unknown[]): Promise<CorrectionRow[]> {
  return sql.query<CorrectionRow>(
    `SELECT c.id::text AS id, c.declaration_id::text AS "declarationId", c.line_id::text AS "lineId",
       l.line_number AS "lineNumber", l.household_number AS "householdNumber", l.head_name AS "headName",
       l.amount_fen::float8 AS "amountFen", c.new_household_number AS "newHouseholdNumber",
       c.new_amount_fen::float8 AS "newAmountFen", c.left_fen::float8 AS "leftFen", c.higher_hand AS "higherHand",
       c.reason, c.made_by_id AS "madeById", c.made_by AS "madeBy", ${instant('c.made_at')} AS "madeAt", c.state,
       c.checked_by AS "checkedBy", (SELECT to_jsonb(now) FROM (SELECT ${PAYMENT_COLUMNS}) now) AS line,
       ${householdFacts('c.declaration_id', 'c.new_household_number', 'c.line_id')}
     FROM dividend_correction c JOIN dividend_line l ON l.id = c.line_id WHERE ${where} ORDER BY c.id`,
    params,
  );
}

const toHousehold = (
  householdNumber: string,
  { isOfContract, otherLine, otherCorrectionOpen }: HouseholdFacts,
  own: string,
): CorrectedHousehold => ({
  householdNumber,
  isOfContract,
  otherCorrectionOpen,
  // A reversed line of the household itself is no other line.
  ...(otherLine && householdNumber !== own && { otherLine: toPaymentLine(otherLine) }),
});

/** What a correction of a line to a household's favour meets. */
export async function correctedHousehold(
  sql: Sql,
  line: LineRow,
  householdNumber: string,
): Promise<CorrectedHousehold> {
  const [found] = await sql.query<HouseholdFacts>(`SELECT ${householdFacts('$1::uuid', '$2', '$3::uuid')}`, [
    line.declarationId,
    householdNumber,
    line.id,
  ]);
  const nothing = { isOfContract: false, otherLine: null, otherCorrectionOpen: false };
  return toHousehold(householdNumber, found ?? nothing, line.householdNumber);
}

/** A correction as its decision is made on. */
export const correctionCase = (row: CorrectionRow, declaration: DeclarationRow): CorrectionCase => ({
  state: row.state,
  madeBy: row.madeById,
  status: declaration.status,
  line: toPaymentLine(row.line),
  household: toHousehold(row.newHouseholdNumber, row, row.line.householdNumber),
  amountFen: fen(row.newAmountFen),
  leftFen: fen(row.leftFen),
  totalFen: declaration.totalFen,
});

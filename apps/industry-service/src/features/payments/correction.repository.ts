import { instant } from '@bangfu/service-kit/db/instant';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { proposeCorrection } from '@bangfu/contracts/industry/payments';
import type { DeclarationStatus } from '@bangfu/domain/industry/declaration';
import type { CorrectedHousehold, CorrectionCase } from '@bangfu/domain/industry/line-steps';
import type { Sql } from '@bangfu/events/sql';
import { type LineRow, PAYMENT_COLUMNS, toPaymentLine } from './line.repository.ts';

export type ShownCorrection = AnswerOf<typeof proposeCorrection>;

type HouseholdFacts = Omit<CorrectedHousehold, 'householdNumber'>;

/** A correction with what a decision needs beside what is shown: its line as it is now, and the household it would pay. */
export interface CorrectionRow extends ShownCorrection, HouseholdFacts {
  readonly lineId: string;
  readonly madeById: string;
  readonly line: LineRow;
}

/** Whether a household is of a declaration's contract, and whether it has a line of it beside the one corrected. */
const householdFacts = (declarationId: string, householdNumber: string, lineId: string) =>
  `EXISTS (SELECT 1 FROM contract_household m JOIN declaration d ON d.contract_id = m.contract_id
     WHERE d.id = ${declarationId} AND m.household_number = ${householdNumber}) AS "isOfContract",
   EXISTS (SELECT 1 FROM dividend_line o WHERE o.declaration_id = ${declarationId}
     AND o.household_number = ${householdNumber} AND o.counts AND o.id <> ${lineId}) AS "hasOtherLine"`;

/** Corrections by a condition over `dividend_correction c`, in the order they were proposed. */
export function findCorrections(sql: Sql, where: string, params: unknown[]): Promise<CorrectionRow[]> {
  return sql.query<CorrectionRow>(
    `SELECT c.id::text AS id, c.declaration_id::text AS "declarationId", c.line_id::text AS "lineId",
       l.line_number AS "lineNumber", l.household_number AS "householdNumber", l.head_name AS "headName",
       l.amount_fen::float8 AS "amountFen", c.new_household_number AS "newHouseholdNumber",
       c.new_amount_fen::float8 AS "newAmountFen", c.reason, c.made_by_id AS "madeById", c.made_by AS "madeBy",
       ${instant('c.made_at')} AS "madeAt", c.state, c.checked_by AS "checkedBy",
       (SELECT to_jsonb(now) FROM (SELECT ${PAYMENT_COLUMNS}) now) AS line,
       ${householdFacts('c.declaration_id', 'c.new_household_number', 'c.line_id')}
     FROM dividend_correction c JOIN dividend_line l ON l.id = c.line_id WHERE ${where} ORDER BY c.id`,
    params,
  );
}

/** What stands for and against paying a household by a correction of a line. */
export async function correctedHousehold(
  sql: Sql,
  declarationId: string,
  householdNumber: string,
  lineId: string,
): Promise<CorrectedHousehold> {
  const [found] = await sql.query<HouseholdFacts>(`SELECT ${householdFacts('$1::uuid', '$2', '$3::uuid')}`, [
    declarationId,
    householdNumber,
    lineId,
  ]);
  return { householdNumber, isOfContract: false, hasOtherLine: false, ...found };
}

/** A correction as its decision is made on. */
export const correctionCase = (row: CorrectionRow, status: DeclarationStatus): CorrectionCase => ({
  state: row.state,
  madeBy: row.madeById,
  status,
  line: toPaymentLine(row.line),
  household: {
    householdNumber: row.newHouseholdNumber,
    isOfContract: row.isOfContract,
    hasOtherLine: row.hasOtherLine,
  },
});

import { instant } from '@bangfu/service-kit/db/instant';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { proposeCorrection } from '@bangfu/contracts/industry/payments';
import type { Sql } from '@bangfu/events/sql';

export type ShownCorrection = AnswerOf<typeof proposeCorrection>;

/** A correction with what a decision needs beside what is shown. */
export interface CorrectionRow extends ShownCorrection {
  readonly lineId: string;
  readonly madeById: string;
}

/** Corrections by a condition over `dividend_correction c`, in the order they were proposed. */
export function findCorrections(sql: Sql, where: string, params: unknown[]): Promise<CorrectionRow[]> {
  return sql.query<CorrectionRow>(
    `SELECT c.id::text AS id, c.declaration_id::text AS "declarationId", c.line_id::text AS "lineId",
       l.line_number AS "lineNumber", l.household_number AS "householdNumber", l.head_name AS "headName",
       l.amount_fen::float8 AS "amountFen", c.new_household_number AS "newHouseholdNumber",
       c.new_amount_fen::float8 AS "newAmountFen", c.reason, c.made_by_id AS "madeById", c.made_by AS "madeBy",
       ${instant('c.made_at')} AS "madeAt", c.state, c.checked_by AS "checkedBy"
     FROM dividend_correction c JOIN dividend_line l ON l.id = c.line_id WHERE ${where} ORDER BY c.id`,
    params,
  );
}

import type { PaymentLine } from '@bangfu/domain/industry/payment';
import { type Fen, fen } from '@bangfu/domain/shared/money';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { scopeParams, seesHousehold } from '../../db/scope.ts';

/** A line as its payment is decided on. */
export interface LineRow {
  readonly id: string;
  readonly declarationId: string;
  readonly lineNumber: number;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly headName: string;
  readonly amountFen: number;
  readonly payableFen: number;
  readonly state: PaymentLine['state'];
  readonly batchId: string | null;
  readonly bankReference: string | null;
  readonly rejection: string | null;
  readonly confirmedFen: number | null;
  readonly replaces: number | null;
  readonly replacedBy: number | null;
}

/** The columns of `dividend_line l` a payment is decided on. */
export const PAYMENT_COLUMNS = `l.id::text AS id, l.declaration_id::text AS "declarationId",
  l.line_number AS "lineNumber", l.household_id::text AS "householdId", l.household_number AS "householdNumber",
  l.head_name AS "headName", l.amount_fen::float8 AS "amountFen", l.payable_fen::float8 AS "payableFen", l.state,
  l.batch_id::text AS "batchId", l.bank_reference AS "bankReference", l.rejection, l.confirmed_fen::float8 AS "confirmedFen",
  l.replaces, l.replaced_by AS "replacedBy"`;

/** The row as the domain knows it. */
export function toPaymentLine(row: LineRow): PaymentLine {
  const whole = (value: number | null): Fen | undefined => (value === null ? undefined : fen(value));
  const confirmedFen = whole(row.confirmedFen);
  return {
    lineNumber: row.lineNumber,
    householdNumber: row.householdNumber,
    amountFen: fen(row.amountFen),
    payableFen: fen(row.payableFen),
    state: row.state,
    ...(row.batchId && { batchId: row.batchId }),
    ...(row.bankReference && { bankReference: row.bankReference }),
    ...(row.rejection && { rejection: row.rejection }),
    ...(confirmedFen !== undefined && { confirmedFen }),
    ...(row.replaces !== null && { replaces: row.replaces }),
    ...(row.replacedBy !== null && { replacedBy: row.replacedBy }),
  };
}

/** One line within the caller's scope: of his own entity, his region, or his own household; null when it is not. */
export async function findLine(
  sql: Sql,
  caller: Caller,
  lineId: string,
  householdIds: readonly string[] = [],
): Promise<LineRow | null> {
  const [row] = await sql.query<LineRow>(
    `SELECT ${PAYMENT_COLUMNS} FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id
     JOIN entity e ON e.id = d.entity_id
     WHERE l.id = $3::uuid AND (${seesHousehold('l.village_code')} OR l.household_id::text = ANY ($4::text[]))`,
    [...scopeParams(caller), lineId, [...householdIds]],
  );
  return row ?? null;
}

/** One line within the caller's scope. @throws Refusal 404 */
export async function getLine(...given: Parameters<typeof findLine>): Promise<LineRow> {
  const row = await findLine(...given);
  if (!row) throw notFound();
  return row;
}

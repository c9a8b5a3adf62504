import type { PaymentLine } from '@bangfu/domain/industry/payment';
import { demand } from '@bangfu/domain/shared/errors';
import { fen } from '@bangfu/domain/shared/money';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { scopeParams, seesHousehold } from '../../db/scope.ts';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { takeListedAccounts } from './line-accounts.ts';

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
  readonly postedFen: number | null;
  readonly state: PaymentLine['state'];
  readonly batchId: string | null;
  readonly rejection: string | null;
  readonly replaces: number | null;
  readonly replacedBy: number | null;
}

/** The columns of `dividend_line l` a payment is decided on. */
export const PAYMENT_COLUMNS = `l.id::text AS id, l.declaration_id::text AS "declarationId",
  l.line_number AS "lineNumber", l.household_id::text AS "householdId", l.household_number AS "householdNumber",
  l.head_name AS "headName", l.amount_fen::float8 AS "amountFen", l.payable_fen::float8 AS "payableFen",
  l.posted_fen::float8 AS "postedFen", l.state, l.batch_id::text AS "batchId", l.rejection, l.replaces, l.replaced_by AS "replacedBy"`;

/** The row as the domain knows it. */
export function toPaymentLine(row: LineRow): PaymentLine {
  return {
    lineNumber: row.lineNumber,
    householdNumber: row.householdNumber,
    amountFen: fen(row.amountFen),
    payableFen: fen(row.payableFen),
    ...(row.postedFen !== null && { postedFen: fen(row.postedFen) }),
    state: row.state,
    ...(row.batchId && { batchId: row.batchId }),
    ...(row.rejection && { rejection: row.rejection }),
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

/** A line that takes the place of another. */
export interface NewLine {
  readonly householdNumber: string;
  readonly amountFen: number;
  readonly postedFen: number;
  readonly payableFen: number;
  readonly replaces: number;
  /** The line whose base and guarantee it goes on from. */
  readonly basis: string;
}

/** Puts a line under the next number of its declaration, with the household's account of now; gives its number. */
export async function addLine(sql: Sql, cipher: Cipher, declarationId: string, line: NewLine): Promise<number> {
  const [added] = await sql.query<{ id: string; n: number }>(
    `INSERT INTO dividend_line (id, declaration_id, county_code, line_number, household_id, household_number, head_name,
       village_code, village_name, base_fen, second_fen, amount_fen, guaranteed_fen, posted_fen, payable_fen, state,
       bank_name, account_sealed, account_tail, replaces)
     SELECT uuidv7(), $1::uuid, m.county_code,
       (SELECT max(x.line_number) + 1 FROM dividend_line x WHERE x.declaration_id = $1::uuid), m.household_id,
       m.household_number, m.head_name, m.village_code, m.village_name, least(o.base_fen, $3::bigint),
       $3::bigint - least(o.base_fen, $3::bigint), $3::bigint, o.guaranteed_fen, $4::bigint, $5::bigint,
       CASE WHEN $5::bigint > 0 THEN 'open' ELSE 'void' END, m.bank_name, ''::bytea, m.account_tail, $6::int
     FROM contract_household m JOIN declaration d ON d.contract_id = m.contract_id AND d.id = $1::uuid
     JOIN dividend_line o ON o.id = $7::uuid WHERE m.household_number = $2 RETURNING id::text AS id, line_number AS n`,
    [declarationId, line.householdNumber, line.amountFen, line.postedFen, line.payableFen, line.replaces, line.basis],
  );
  demand(added, 'LIST_HOUSEHOLD_UNKNOWN', { household: line.householdNumber });
  await takeListedAccounts(sql, cipher, [added.id]);
  return added.n;
}

/** Takes a line out of what counts. */
export async function reverseLine(sql: Sql, id: string, state: PaymentLine['state']): Promise<void> {
  await sql.query('UPDATE dividend_line SET counts = NULL, state = $2 WHERE id = $1::uuid', [id, state]);
}

/** Reverses a line and puts another in its place. */
export async function replaceLine(
  sql: Sql,
  cipher: Cipher,
  declarationId: string,
  { id, state }: { readonly id: string; readonly state: PaymentLine['state'] },
  line: NewLine,
): Promise<void> {
  await reverseLine(sql, id, state);
  const number = await addLine(sql, cipher, declarationId, line);
  await sql.query('UPDATE dividend_line SET replaced_by = $2::int WHERE id = $1::uuid', [id, number]);
}

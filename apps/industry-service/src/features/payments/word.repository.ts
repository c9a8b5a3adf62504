import type { DeclarationStatus } from '@bangfu/domain/industry/declaration';
import type { Witness, Word } from '@bangfu/domain/industry/line-steps';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, scopeIds } from '@bangfu/platform/auth/caller';
import { instant } from '@bangfu/data/instant';
import type { LineRow } from './line.repository.ts';
import { STANDING_PAYMENT } from './standing.repository.ts';

/** Who had a hand in paying a line, and where its declaration is. */
interface Payers {
  readonly countyCode: string;
  readonly entityId: string;
  readonly status: DeclarationStatus;
  /** Accounts that submitted or checked the declaration, batched the line, or made or decided a correction of it. */
  readonly accounts: readonly string[];
}

/** Finds who had a hand in paying a line. */
export async function getPayers(sql: Sql, { id, declarationId }: LineRow): Promise<Payers> {
  const [payers] = await sql.query<Payers>(
    `SELECT d.county_code AS "countyCode", d.entity_id::text AS "entityId", d.status,
       array_remove(ARRAY[d.submitted_by_id, d.checked_by_id, b.created_by_id] || ARRAY(
         SELECT unnest(ARRAY[c.made_by_id, c.checked_by_id]) FROM dividend_correction c JOIN dividend_line r
           ON r.id = c.line_id AND r.declaration_id = d.id
         WHERE c.state = 'approved' AND r.replaced_by = l.line_number), NULL) AS accounts
     FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id LEFT JOIN payment_batch b ON b.id = l.batch_id
     WHERE l.id = $1::uuid AND d.id = $2::uuid`,
    [id, declarationId],
  );
  if (!payers) throw new Error('a line without its declaration');
  return payers;
}

/**
 * Who says it: the household by its own account; else somebody who takes its word down, and who must have no hand in
 * the payment by any of his grants, whichever of them opened the act.
 */
export function witnessOf(caller: Caller, { householdId }: LineRow, { entityId, accounts }: Payers): Witness {
  const isPayer = caller.grants.some(
    ({ role, scope }) => role === 'finance' || (scope.kind === 'entity' && scope.id === entityId),
  );
  return {
    isHousehold: scopeIds(caller, 'household').includes(householdId),
    pays: isPayer || accounts.includes(caller.id),
  };
}

/** The payment of a line that stands, and the day it was sent to the bank. */
export async function findPayment(sql: Sql, lineId: string): Promise<{ id: string; sentOn: string } | undefined> {
  const [payment] = await sql.query<{ id: string; sentOn: string }>(
    `SELECT p.id::text AS id, (b.created_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "sentOn"
     FROM dividend_payment p JOIN payment_batch b ON b.id = p.batch_id
     WHERE p.line_id = $1::uuid AND ${STANDING_PAYMENT}`,
    [lineId],
  );
  return payment;
}

/** What was said of a payment, in its order. Words from before their speaker was kept were taken down. */
export function findWords(sql: Sql, paymentId: string): Promise<(Word & { readonly saidAt: string })[]> {
  return sql.query(
    `SELECT coalesce(own, false) AS "isHousehold", received_fen::float8 AS "receivedFen", ${instant('said_at')} AS "saidAt"
     FROM dividend_confirmation WHERE payment_id = $1::uuid ORDER BY said_at, recorded_at, id`,
    [paymentId],
  );
}

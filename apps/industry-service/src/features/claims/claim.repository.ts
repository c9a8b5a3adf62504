import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { DividendClaim, listClaims, proposeSettlement } from '@bangfu/contracts/industry/claims';
import type { Claim, Settlement, SetOffLine } from '@bangfu/domain/industry/claim';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { instant } from '@bangfu/data/instant';
import { notFound } from '@bangfu/platform/http/refusal';
import { scopeParams, SEES_ENTITY, seesHousehold } from '../../db/scope.ts';
import type { DeclarationRow } from '../declarations/declaration.repository.ts';
import { type LineRow, toPaymentLine } from '../payments/line.repository.ts';
import { OUTSTANDING } from '../payments/standing-texts.ts';

export type ShownClaim = AnswerInputOf<typeof listClaims>['rows'][number];
export type ShownSettlement = AnswerInputOf<typeof proposeSettlement>;

/** The columns of `dividend_claim c` with its line, declaration and entity, as the contract shows them. */
export const CLAIM_COLUMNS = `c.id::text AS id, c.declaration_id::text AS "declarationId", e.id::text AS "entityId",
  e.name AS "entityName", d.year, l.line_number AS "lineNumber", c.household_number AS "householdNumber",
  c.head_name AS "headName", c.village_code AS "villageCode", c.village_name AS "villageName",
  c.amount_fen::float8 AS "amountFen", ${OUTSTANDING}::float8 AS "outstandingFen", c.reason, c.opened_by AS "openedBy",
  ${instant('c.opened_at')} AS "openedAt"`;
/** Claims of the households that the caller sees. */
export const FROM_CLAIM = `FROM dividend_claim c JOIN dividend_line l ON l.id = c.line_id
  JOIN declaration d ON d.id = c.declaration_id JOIN entity e ON e.id = d.entity_id
  WHERE ${SEES_ENTITY} AND ${seesHousehold('c.village_code')}`;

/** A claim with what its settlements look at. */
export interface ClaimRow extends DividendClaim {
  readonly householdId: string;
  readonly waitingFen: number;
}

/** A claim within the caller's scope, with what proposals that wait would settle of it. @throws Refusal 404 */
export async function getClaimRow(sql: Sql, caller: Caller, claimId: string): Promise<ClaimRow> {
  const [row] = await sql.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS}, c.household_id::text AS "householdId", coalesce((SELECT sum(s.amount_fen) FROM claim_settlement s WHERE s.claim_id = c.id
       AND s.state = 'proposed' AND s.kind <> 'reversal'), 0)::float8 AS "waitingFen" ${FROM_CLAIM} AND c.id = $3::uuid`,
    [...scopeParams(caller), claimId],
  );
  if (!row) throw notFound();
  return row;
}

/** A claim as the domain knows it; what a proposal itself would settle does not wait before it. */
export const toClaim = (row: Claim, own = 0): Claim => ({ ...row, waitingFen: row.waitingFen - own });

/** A settlement with what its decision needs beside what is shown. */
export interface SettlementRow extends ShownSettlement {
  readonly claimId: string;
  readonly madeById: string;
  readonly isReversed: boolean;
}

/** Settlements by a condition over `claim_settlement s`, the oldest first. */
export function findSettlements(sql: Sql, where: string, params: unknown[]): Promise<SettlementRow[]> {
  return sql.query<SettlementRow>(
    `SELECT s.id::text AS id, s.claim_id::text AS "claimId", s.kind, s.amount_fen::float8 AS "amountFen",
       s.settled_on::text AS "settledOn", s.reference, s.reason, s.line_id::text AS "lineId",
       s.reverses::text AS reverses, s.made_by_id AS "madeById", s.made_by AS "madeBy", ${instant('s.made_at')} AS "madeAt",
       s.state, s.decided_by AS "decidedBy", EXISTS (SELECT 1 FROM claim_settlement r WHERE r.reverses = s.id
         AND r.state <> 'refused') AS "isReversed"
     FROM claim_settlement s WHERE ${where} ORDER BY s.recorded_at, s.id`,
    params,
  );
}

/** One settlement. @throws Refusal 404 */
export async function getSettlement(sql: Sql, id: string): Promise<SettlementRow> {
  const [row] = await findSettlements(sql, 's.id = $1::uuid', [id]);
  if (!row) throw notFound();
  return row;
}

/** A settlement as the domain knows it. */
export const toSettlement = ({ kind, state, madeById, isReversed }: SettlementRow): Settlement => ({
  kind,
  state,
  madeBy: madeById,
  isReversed,
});

/** A line as a claim would be set off against it; `besides` is the settlement that does not wait before itself. */
export async function findSetOffLine(
  sql: Sql,
  line: LineRow,
  declaration: DeclarationRow,
  besides: string | null = null,
): Promise<SetOffLine> {
  const [facts] = await sql.query<{ correctionOpen: boolean; waitingFen: number }>(
    `SELECT EXISTS (SELECT 1 FROM dividend_correction o WHERE o.line_id = $1::uuid AND o.state = 'proposed') AS "correctionOpen",
       coalesce((SELECT sum(s.amount_fen) FROM claim_settlement s WHERE s.line_id = $1::uuid AND s.state = 'proposed'
         AND s.kind = 'set-off' AND s.id IS DISTINCT FROM $2::uuid), 0)::float8 AS "waitingFen"`,
    [line.id, besides],
  );
  const { correctionOpen = false, waitingFen = 0 } = facts ?? {};
  return {
    line: toPaymentLine(line),
    entityId: declaration.entityId,
    status: declaration.status,
    correctionOpen,
    waitingFen,
  };
}

/** The lines of a household that an entity is to pay. */
export function findPayableLines(
  sql: Sql,
  { householdNumber, entityId }: Pick<ShownClaim, 'householdNumber' | 'entityId'>,
): Promise<{ id: string; year: number; contractNumber: string; payableFen: number }[]> {
  return sql.query(
    `SELECT l.id::text AS id, d.year, k.number AS "contractNumber", l.payable_fen::float8 AS "payableFen"
     FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id JOIN contract k ON k.id = d.contract_id
     WHERE l.household_number = $1 AND d.entity_id = $2::uuid AND l.state = 'open' AND l.counts
       AND d.status IN ('noticed', 'in-payment') ORDER BY d.year, l.line_number`,
    [householdNumber, entityId],
  );
}

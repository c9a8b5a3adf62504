import type { ContractEnd } from '@bangfu/contracts/industry/contract-ends';
import { demandEndDay } from '@bangfu/domain/industry/contract-end';
import type { Days } from '@bangfu/domain/industry/dividend-period';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { instant } from '@bangfu/data/instant';
import { notFound } from '@bangfu/platform/http/refusal';
import { MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
import { FROM_NIL, NIL_HOLDS } from '../nil-years/nil-year.repository.ts';
import type { HeldContract } from '../contracts/contract.repository.ts';

/** An end with what its decision looks at. */
export interface EndRow extends ContractEnd {
  readonly day: BusinessDay;
  readonly entityId: string;
  readonly requestedById: string;
}

/** Ends by a condition over `contract_end x`, `contract c`, `entity e` and, where a household leaves, `contract_household m`. */
export function findContractEnds(sql: Sql, where: string, params: unknown[]): Promise<EndRow[]> {
  return sql.query<EndRow>(
    `SELECT x.id::text AS id, x.contract_id::text AS "contractId", x.household_id::text AS "householdId",
       m.household_number AS "householdNumber", m.head_name AS "headName", x.last_day::text AS day, x.reason,
       x.requested_by AS "requestedBy", x.requested_by_id AS "requestedById", ${instant('x.requested_at')} AS "requestedAt",
       x.state, x.decided_by AS "decidedBy", c.entity_id::text AS "entityId"
     FROM contract_end x JOIN contract c ON c.id = x.contract_id JOIN entity e ON e.id = c.entity_id
     LEFT JOIN contract_household m ON m.contract_id = x.contract_id AND m.household_id = x.household_id
     WHERE ${where} ORDER BY x.id DESC`,
    params,
  );
}

/** One end. @throws Refusal 404 */
export async function getContractEnd(sql: Sql, id: string): Promise<EndRow> {
  const [row] = await findContractEnds(sql, 'x.id = $1::uuid', [id]);
  if (!row) throw notFound();
  return row;
}

/**
 * Demands that a held contract, or a household on it, can end on a day.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, CONTRACT_END_DAY, CONTRACT_END_DECLARED
 */
export async function demandEnd(
  sql: Sql,
  contract: HeldContract,
  householdId: string | null,
  day: BusinessDay,
): Promise<void> {
  const days = householdId === null ? contract : await getMemberDays(sql, contract.id, householdId);
  const [declared] = await sql.query<{ last: BusinessDay | null }>(
    `SELECT max(declared.day)::text AS last FROM (
       SELECT d.period_end AS day FROM declaration d WHERE d.contract_id = $1::uuid AND d.live AND d.status <> 'discarded'
       UNION ALL SELECT n.period_end ${FROM_NIL} WHERE n.contract_id = $1::uuid AND ${NIL_HOLDS}) declared`,
    [contract.id],
  );
  demandEndDay(day, { signed: contract.state !== 'drafted', days, lastDeclared: declared?.last ?? null });
}

async function getMemberDays(sql: Sql, contractId: string, householdId: string): Promise<Days> {
  const [days] = await sql.query<Days>(
    `SELECT ${MEMBER_FROM}::text AS "from", ${MEMBER_TO}::text AS "to"
     FROM contract_household m JOIN contract c ON c.id = m.contract_id
     WHERE m.contract_id = $1::uuid AND m.household_id = $2::uuid`,
    [contractId, householdId],
  );
  if (!days) throw notFound();
  return days;
}

import type { NilYear } from '@bangfu/contracts/industry/nil-years';
import type { NilYear as Nil, NilState } from '@bangfu/domain/industry/nil-year';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { instant } from '@bangfu/data/instant';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Actor } from '@bangfu/platform/db/command';

/** A year declared as one with nothing to distribute, with what its steps look at. */
export interface NilRow extends NilYear {
  readonly to: BusinessDay;
  readonly countyCode: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly contractNumber: string;
  readonly declaredById: string;
}

/** `dividend_nil n` with what became of it, `contract c` and `entity e`. */
export const FROM_NIL = `FROM dividend_nil n LEFT JOIN dividend_nil_decision z ON z.nil_id = n.id
  JOIN contract c ON c.id = n.contract_id JOIN entity e ON e.id = c.entity_id`;
/** It stands for its year: it waits for the township, or is confirmed. */
export const NIL_HOLDS = `(z.outcome IS NULL OR z.outcome = 'confirmed')`;
/** It waits for the township. */
export const NIL_WAITS = 'z.outcome IS NULL';

/** Those by a condition over `FROM_NIL`, the newest first. */
export function findNilYears(sql: Sql, where: string, params: unknown[]): Promise<NilRow[]> {
  return sql.query<NilRow>(
    `SELECT n.id::text AS id, n.county_code AS "countyCode", n.contract_id::text AS "contractId", c.number AS "contractNumber",
       c.entity_id::text AS "entityId", e.name AS "entityName", n.year, n.period_from::text AS "from", n.period_end::text AS "to",
       n.reason, n.document_number AS "documentNumber", n.declared_by_id AS "declaredById", n.declared_by AS "declaredBy",
       ${instant('n.declared_at')} AS "declaredAt", coalesce(z.outcome, 'proposed') AS state, z.reason AS "returnReason",
       z.decided_by AS "decidedBy", ${instant('z.decided_at')} AS "decidedAt"
     ${FROM_NIL} WHERE ${where} ORDER BY n.declared_at DESC, n.recorded_at DESC, n.id DESC`,
    params,
  );
}

/** One of them. @throws Refusal 404 */
export async function getNilYear(sql: Sql, id: string): Promise<NilRow> {
  const [row] = await findNilYears(sql, 'n.id = $1::uuid', [id]);
  if (!row) throw notFound();
  return row;
}

/** As the domain knows it. */
export const nilOf = ({ state, entityId, declaredById }: NilRow): Nil => ({
  state,
  entityId,
  declaredBy: declaredById,
});

/** Keeps what became of one; what was declared is not touched. */
export async function keepDecision(
  sql: Sql,
  { id, countyCode }: NilRow,
  outcome: NilState,
  reason: string | null,
  { caller, now }: Actor,
): Promise<void> {
  await sql.query(
    `INSERT INTO dividend_nil_decision (nil_id, county_code, outcome, reason, decided_by_id, decided_by, decided_at)
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7::text::timestamptz)`,
    [id, countyCode, outcome, reason, caller.id, caller.name, now.toISOString()],
  );
}

interface DeclaredYear {
  readonly from: string;
  /** Null when it is declared as a year with nothing to distribute. */
  readonly declarationId: string | null;
}

/** The dividend years of a contract that are declared, in either way. */
export async function findDeclaredYears(sql: Sql, contractId: string) {
  const years = await sql.query<DeclaredYear>(
    `SELECT d.period_from::text AS "from", d.id::text AS "declarationId" FROM declaration d
     WHERE d.contract_id = $1::uuid AND d.live
     UNION ALL SELECT n.period_from::text, NULL ${FROM_NIL} WHERE n.contract_id = $1::uuid AND ${NIL_HOLDS}`,
    [contractId],
  );
  const some = (isNil: boolean) => (period: { readonly from: string }) =>
    years.some(({ from, declarationId }) => from === period.from && (declarationId === null) === isNil);
  const declarationOf = (period: { readonly from: string }) =>
    years.find(({ from, declarationId }) => from === period.from && declarationId !== null)?.declarationId ?? null;
  return { isKnown: some(false), isNil: some(true), declarationOf };
}

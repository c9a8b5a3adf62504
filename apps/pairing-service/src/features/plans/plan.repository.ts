import { instant } from '@bangfu/data/instant';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import { type listPlans, type PairingPlan, PLAN_STATES, PlanFigures } from '@bangfu/contracts/pairing/plans';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import {
  byDay,
  byId,
  byInstant,
  byName,
  byNumber,
  byStage,
  byText,
  down,
  listOrder,
  nullable,
} from '@bangfu/data/list-order';
import { likeAny } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';

/** A plan as it is kept; the approver's id is for the rule of different people. */
export interface PlanRecord extends Omit<PairingPlan, 'mine'> {
  readonly makerId: string;
  readonly approverId: string | null;
  readonly applierId: string | null;
  readonly countyCode: string;
}

const COLUMNS = `p.id::text AS id, p.county_code AS "countyCode", p.region_code AS "regionCode",
  coalesce(r.name, p.region_code) AS "regionName", p.state, p.job_id::text AS "jobId", p.figures,
  p.maker_id AS "makerId", p.maker_name AS "makerName", p.approver_id AS "approverId", p.approver_name AS "approverName",
  p.applier_id AS "applierId", p.applier_name AS "applierName", ${instant('p.created_at')} AS "createdAt", ${instant('p.approved_at')} AS "approvedAt",
  ${instant('p.applied_at')} AS "appliedAt", p.applied_from::text AS "appliedFrom",
  ${instant('p.withdrawn_at')} AS "withdrawnAt", p.withdrawer_name AS "withdrawerName",
  p.withdraw_reason AS "withdrawReason", p.version`;
const WITHIN =
  'FROM pairing_plan p LEFT JOIN region_copy r ON r.code = p.region_code WHERE p.region_code LIKE ANY ($1::text[])';

const byFigure = (name: keyof PlanFigures) => nullable(byNumber(`(p.figures->>'${name}')::bigint`));
const ORDER = listOrder<QueryOf<typeof listPlans>>(
  {
    regionName: byText('p.region_code'),
    state: byStage('p.state', PLAN_STATES),
    'figures.households': byFigure('households'),
    'figures.added': byFigure('added'),
    'figures.moved': byFigure('moved'),
    'figures.unplaced': byFigure('unplaced'),
    makerName: byName('p.maker_name'),
    approverName: nullable(byName('p.approver_name')),
    applierName: nullable(byName('p.applier_name')),
    createdAt: byInstant('p.created_at'),
    approvedAt: nullable(byInstant('p.approved_at')),
    appliedAt: nullable(byInstant('p.applied_at')),
    appliedFrom: nullable(byDay('p.applied_from')),
    withdrawnAt: nullable(byInstant('p.withdrawn_at')),
    withdrawerName: nullable(byName('p.withdrawer_name')),
  },
  // Ids are ordered by time.
  [down(byId('p.id'))],
);

/** One page of the plans of regions within the scope, latest first. */
export function findPlans(sql: Sql, caller: Caller, query: QueryOf<typeof listPlans>) {
  return readPage<PlanRecord>(sql, ORDER, query, {
    columns: COLUMNS,
    from: WITHIN,
    params: [likeAny(regionPrefixes(caller))],
  });
}

/** One plan, where it lies within the scope. */
export async function findPlan(sql: Sql, id: string, caller: Caller, lock = false): Promise<PlanRecord | undefined> {
  const [row] = await sql.query<PlanRecord>(
    `SELECT ${COLUMNS} ${WITHIN} AND p.id = $2::uuid ${lock ? 'FOR UPDATE OF p' : ''}`,
    [likeAny(regionPrefixes(caller)), id],
  );
  return row;
}

/** One plan within the scope. @throws Refusal 404 */
export async function getPlan(sql: Sql, id: string, caller: Caller, lock = false): Promise<PlanRecord> {
  const row = await findPlan(sql, id, caller, lock);
  if (!row) throw notFound();
  return row;
}

/** A plan as the contract shows it to a caller. */
export function shownPlan(row: PlanRecord, caller: Caller): PairingPlan {
  const { makerId, approverId: _approver, applierId: _applier, countyCode: _county, ...plan } = row;
  return {
    ...plan,
    figures: row.figures === null ? null : PlanFigures.parse(row.figures),
    mine: makerId === caller.id,
  };
}

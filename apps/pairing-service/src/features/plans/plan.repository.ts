import { type PairingPlan, PlanFigures } from '@bangfu/contracts/pairing/plans';
import { instantOf } from '@bangfu/data/instant';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import type { Tables } from '../../operations.ts';

/** Plans as they are kept; who approved and applied one is for the rule of different people. */
export const plans = (read: ReadSql<Tables>) =>
  read
    .selectFrom('pairing_plan as p')
    .leftJoin('region_copy as r', 'r.code', 'p.region_code')
    .select(['p.id', 'p.region_code as regionCode', 'p.state', 'p.job_id as jobId'])
    .select(['p.figures', 'p.maker_id as makerId', 'p.maker_name as makerName', 'p.approver_id as approverId'])
    .select(['p.approver_name as approverName', 'p.applier_id as applierId', 'p.applier_name as applierName'])
    .select(['p.applied_from as appliedFrom', 'p.withdrawer_name as withdrawerName'])
    .select(['p.withdraw_reason as withdrawReason', 'p.version'])
    .select((eb) => [
      eb.fn.coalesce('r.name', 'p.region_code').as('regionName'),
      policyBasis(eb.ref('p.policy_id')).as('basis'),
      instantOf(eb.ref('p.created_at')).as('createdAt'),
      instantOf(eb.ref('p.approved_at')).$castTo<string | null>().as('approvedAt'),
      instantOf(eb.ref('p.applied_at')).$castTo<string | null>().as('appliedAt'),
      instantOf(eb.ref('p.withdrawn_at')).$castTo<string | null>().as('withdrawnAt'),
    ]);
export type PlanRecord = Awaited<ReturnType<ReturnType<typeof plans>['execute']>>[number];

/** The plans of regions within a caller's scope. */
export const plansWithin = (read: ReadSql<Tables>, caller: Caller) =>
  plans(read).where((eb) => inRegions(eb.ref('p.region_code'), regionPrefixes(caller)));

/** One plan, where it lies within the scope. */
export const findPlan = (read: ReadSql<Tables>, id: string, caller: Caller): Promise<PlanRecord | undefined> =>
  plansWithin(read, caller).where('p.id', '=', id).executeTakeFirst();

/** One plan within the scope. @throws Refusal 404 */
export async function getPlanRecord(read: ReadSql<Tables>, id: string, caller: Caller): Promise<PlanRecord> {
  const row = await findPlan(read, id, caller);
  if (!row) throw notFound();
  return row;
}

/** The same, locked for a change. @throws Refusal 404 */
export async function lockPlan({ sql }: Transaction<Tables>, id: string, caller: Caller): Promise<PlanRecord> {
  const row = await plansWithin(sql, caller).where('p.id', '=', id).forUpdate('p').executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** A plan as the contract shows it to a caller. */
export function shownPlan(row: PlanRecord, caller: Caller): PairingPlan {
  const { makerId, approverId: _approver, applierId: _applier, ...plan } = row;
  return {
    ...plan,
    figures: row.figures === null ? null : PlanFigures.parse(row.figures),
    mine: makerId === caller.id,
  };
}

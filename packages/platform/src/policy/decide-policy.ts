import type { PolicyVersion, ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import type { PolicyCalendar, PolicyProgress } from '@bangfu/domain/shared/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Updateable } from 'kysely';
import type { CommandCall } from '../operation/operation.ts';
import { conflict } from '../http/refusal.ts';
import { policyNamed } from './policy-named.ts';
import { calendarOf, lockVersion, type PolicyRecord, toVersion, versionsOf } from './policy.repository.ts';
import type { PolicyTable, PolicyTables } from './table.ts';

/** What a rule of approval or withdrawal looks at. */
export const progressOf = ({ state, validFrom, draftedById, approvedById }: PolicyRecord): PolicyProgress => ({
  state,
  validFrom,
  draftedBy: draftedById,
  approvedBy: approvedById,
});

type StepCall = Pick<CommandCall<never, PolicyTables>, 'tx' | 'caller' | 'now' | 'audit'>;
type StateColumns = Pick<Updateable<PolicyTable>, 'state' | 'approved_by' | 'approved_by_name' | 'approved_at'> &
  Pick<Updateable<PolicyTable>, 'withdrawn_by' | 'withdrawn_by_name' | 'withdrawn_at' | 'withdrawn_reason'>;

/**
 * Moves one of the county's versions on.
 * @param rule refuses what may not be done; gives the columns that change
 * @throws Refusal 404, 409 and what the rule throws
 */
export async function decidePolicy(
  declared: ServicePolicies,
  { tx, caller, now, audit }: StepCall,
  { policyId, version }: { readonly policyId: string; readonly version: number },
  rule: (progress: PolicyProgress, calendar: PolicyCalendar) => StateColumns,
): Promise<PolicyVersion> {
  const { countyCode } = caller;
  const { key } = await lockVersion(tx.sql, countyCode, policyId);
  const policy = policyNamed(declared, key);
  const shown = async () => {
    const versions = await versionsOf(tx.sql, countyCode, policy);
    const record = versions.find(({ id }) => id === policyId);
    if (!record) throw new Error('a locked version is still there');
    return { record, versions, answer: toVersion(record, versions, countyCode) };
  };
  const before = await shown();
  if (before.record.version !== version) throw conflict(before.answer);
  const columns = rule(progressOf(before.record), calendarOf(policy, before.versions, businessDayOf(now)));
  await tx.sql
    .updateTable('policy')
    .set({ ...columns, version: version + 1 })
    .where('id', '=', policyId)
    .execute();
  const { answer } = await shown();
  audit.change('policy', policyId, before.answer, answer);
  return answer;
}

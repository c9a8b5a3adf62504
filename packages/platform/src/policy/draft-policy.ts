import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { requirePolicyDay } from '@bangfu/domain/shared/policy';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from './operations.ts';
import { calendarOf, toVersion, versionsOf } from './policy.repository.ts';
import type { PolicyChecks } from './policy-checks.ts';
import { policyNamed } from './policy-named.ts';

/**
 * Drafts a version of a policy; it takes effect on its day once another person has approved it.
 * @throws DomainError POLICY_DAY_PAST, POLICY_DAY_TAKEN, POLICY_NOT_NEW_YEAR, POLICY_YEAR_DECIDED, DAY_TOO_LATE
 */
export const draftPolicy = (declared: ServicePolicies, checks: PolicyChecks = {}) =>
  command(declared.draftPolicy, async ({ body, tx, caller, now, newId, audit }) => {
    const { countyCode } = caller;
    const policy = policyNamed(declared, body.policy);
    const before = await versionsOf(tx.sql, countyCode, policy);
    requirePolicyDay(body.validFrom as BusinessDay, calendarOf(policy, before, businessDayOf(now)));
    await checks[policy.key]?.(tx.sql, countyCode, body.value);
    const id = newId();
    await tx.sql
      .insertInto('policy')
      .values({
        id,
        county_code: countyCode,
        key: policy.key,
        valid_from: body.validFrom,
        value: JSON.stringify(body.value),
        document: body.document,
        paragraph: body.paragraph,
        state: 'draft',
        drafted_by: caller.id,
        drafted_by_name: caller.name,
        drafted_at: now,
      })
      .execute();
    const versions = await versionsOf(tx.sql, countyCode, policy);
    const [drafted] = versions.filter((version) => version.id === id);
    if (!drafted) throw new Error('the draft was just inserted');
    const answer = toVersion(drafted, versions, countyCode);
    audit.change('policy', id, null, answer);
    return answer;
  });

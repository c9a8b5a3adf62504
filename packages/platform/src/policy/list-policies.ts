import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { requireApprovable, requireWithdrawable, versionOn } from '@bangfu/domain/shared/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { stepsWithin, stepWords } from '../steps.ts';
import { progressOf } from './decide-policy.ts';
import { query } from './operations.ts';
import { calendarOf, toVersion, versionsOf } from './policy.repository.ts';

const WORDS = stepWords({});

/** Each policy with its version in force today and all others, with what each changed and what the reader may do with it. */
export const listPolicies = (declared: ServicePolicies) =>
  query(declared.listPolicies, async (call) => {
    const { read, caller, now } = call;
    const county = caller.countyCode;
    const today = businessDayOf(now);
    const commands = { approve: declared.approvePolicy, withdraw: declared.withdrawPolicy };
    const rows = [];
    for (const policy of declared.policies) {
      const versions = await versionsOf(read, county, policy);
      const own = new Set(versions.filter(({ countyCode }) => countyCode !== null).map(({ id }) => id));
      const offered = await stepsWithin(call, WORDS, commands, async () => own);
      const calendar = calendarOf(policy, versions, today);
      const approved = versions.filter(({ state }) => state === 'approved');
      const inForce = versionOn(approved, { county, day: today, isYearly: policy.isYearly });
      rows.push({
        policy: policy.key,
        inForce: inForce && {
          id: inForce.id,
          value: inForce.value,
          validFrom: inForce.validFrom,
          document: inForce.document,
          paragraph: inForce.paragraph,
        },
        versions: versions.map((version) => ({
          ...toVersion(version, versions, county),
          steps: offered(version.id, (step) => {
            const progress = progressOf(version);
            return refusalOf(() =>
              step === 'approve'
                ? requireApprovable(progress, caller.id, calendar)
                : requireWithdrawable(progress, caller.id, today),
            );
          }),
        })),
      });
    }
    return { rows };
  });

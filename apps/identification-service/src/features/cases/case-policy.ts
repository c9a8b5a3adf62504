import { APPRAISAL, NOTICE_DAYS, PROCEDURE_DAYS } from '@bangfu/contracts/identification/policies';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { CasePolicy } from '@bangfu/domain/identification/policy/policy';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { Tables } from '../../operations.ts';

/** The procedures' policy in force on a day. */
export type CasePolicyOn = (day: BusinessDay) => CasePolicy;

/** The procedures' policies of a county, read once: cases that began in other years are judged by those of their days. */
export async function casePolicies(read: ReadSql<Tables>, countyCode: string): Promise<CasePolicyOn> {
  const notices = await policyVersions(read, countyCode, NOTICE_DAYS);
  const appraisals = await policyVersions(read, countyCode, APPRAISAL);
  const procedures = await policyVersions(read, countyCode, PROCEDURE_DAYS);
  return (day) => ({ ...notices.on(day).value, ...appraisals.on(day).value, ...procedures.on(day).value });
}

import { APPRAISAL, NOTICE_DAYS, PROCEDURE_DAYS } from '@bangfu/contracts/identification/policies';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { CaseEvent, CaseState } from '@bangfu/domain/identification/case/types';
import { asksForLine, type CasePolicy } from '@bangfu/domain/identification/policy/policy';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { Tables } from '../../operations.ts';

/** The procedures' policy in force on a day. */
export type CasePolicyOn = (day: BusinessDay) => CasePolicy;

/** Which version of its policies the decisions of a day are made by. */
interface DecidingVersions {
  readonly noticeDays: string;
  readonly appraisal: string;
  readonly procedureDays: string;
}

/** The procedures' policies of a county with their versions. */
interface CasePolicies extends CasePolicyOn {
  readonly versionsOn: (day: BusinessDay) => DecidingVersions;
}

/** The procedures' policies of a county, read once: cases that began in other years are judged by those of their days. */
export async function casePolicies(read: ReadSql<Tables>, countyCode: string): Promise<CasePolicies> {
  const notices = await policyVersions(read, countyCode, NOTICE_DAYS);
  const appraisals = await policyVersions(read, countyCode, APPRAISAL);
  const procedures = await policyVersions(read, countyCode, PROCEDURE_DAYS);
  const policyOn: CasePolicyOn = (day) => ({
    ...notices.on(day).value,
    ...appraisals.on(day).value,
    ...procedures.on(day).value,
  });
  return Object.assign(policyOn, {
    versionsOn: (day: BusinessDay) => ({
      noticeDays: notices.on(day).id,
      appraisal: appraisals.on(day).id,
      procedureDays: procedures.on(day).id,
    }),
  });
}

/** The version of a policy that decided what happened in a case; null where none did. */
export function decidingVersion(
  { state, events }: { readonly state: Pick<CaseState, 'kind'>; readonly events: readonly CaseEvent[] },
  versions: DecidingVersions & { readonly povertyLine: string | null },
): string | null {
  switch (events[0]?.type) {
    case 'caseOpened':
      return versions.procedureDays;
    case 'noticeOpened':
      return versions.noticeDays;
    case 'appraisalRecorded':
      return versions.appraisal;
    case 'verificationRecorded':
      return asksForLine(state.kind) ? versions.povertyLine : null;
    default:
      return null;
  }
}

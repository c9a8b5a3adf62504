import {
  APPRAISAL,
  IDENTIFICATION_DEADLINES,
  MONITORING_LINE,
  NOTICE_DAYS,
  POVERTY_LINE,
  PROCEDURE_DAYS,
  QUALITY_RULES,
} from '@bangfu/contracts/identification/policies';
import { SAME_ID_RULE } from '@bangfu/domain/identification/quality/identity';
import type { CaseEvent } from '@bangfu/domain/identification/case/types';
import { dayOfInstant, type PolicyUses, type Verdicts } from '@bangfu/platform/policy/verdicts';

/** What happened in a case, by the policy that decides events of its type. */
const events = (...types: readonly CaseEvent['type'][]): Verdicts => ({
  table: 'case_event',
  column: 'policy_id',
  day: dayOfInstant("(t.event ->> 'at')::timestamptz"),
  where: `t.event ->> 'type' IN (${types.map((type) => `'${type}'`).join(', ')})`,
});

/** Where this service keeps what it decided by its policies. */
export const POLICY_USES: PolicyUses = {
  [NOTICE_DAYS.key]: [
    { table: 'notice', column: 'policy_id', day: 't.opened_on', where: "t.level <> 'county'" },
    events('noticeOpened'),
  ],
  [APPRAISAL.key]: [events('appraisalRecorded')],
  [PROCEDURE_DAYS.key]: [events('caseOpened')],
  [POVERTY_LINE.key]: [{ ...events('verificationRecorded'), mayLack: true }],
  [MONITORING_LINE.key]: 'a rule of data quality asks for it, and is found broken by the thresholds of that policy',
  [QUALITY_RULES.key]: [
    {
      table: 'quality_breach',
      column: 'policy_id',
      day: dayOfInstant('t.recorded_at'),
      // The rule over all persons of the county has no thresholds.
      where: `t.rule_id <> '${SAME_ID_RULE.id}'`,
    },
  ],
  [IDENTIFICATION_DEADLINES.key]: 'the day is said when work is listed, and kept nowhere',
};

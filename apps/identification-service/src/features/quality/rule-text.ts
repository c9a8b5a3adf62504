import { QUALITY_RULES } from '@bangfu/contracts/identification/policies';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { ruleMessage } from '@bangfu/domain/identification/quality/message';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { policyVersions } from '@bangfu/platform/policy/policy-on';
import type { Tables } from '../../operations.ts';

const RULES = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** The severity of a rule, by id; a warning where the rule is no longer shipped. */
export const severityOf = (ruleId: string) => RULES.get(ruleId)?.severity ?? 'warning';

/**
 * The severity of each rule, and its text with the figures of the county's policy in force on the day it was found
 * broken. A rule that is no longer shipped says its id.
 */
export async function ruleTexts(read: ReadSql<Tables>, countyCode: string, language: 'zh' | 'en') {
  const versions = await policyVersions(read, countyCode, QUALITY_RULES);
  return (ruleId: string, foundOn: BusinessDay): { severity: 'error' | 'warning'; message: string } => {
    const rule = RULES.get(ruleId);
    if (!rule) return { severity: 'warning', message: ruleId };
    return { severity: rule.severity, message: ruleMessage(rule, versions.on(foundOn).value, language) };
  };
}

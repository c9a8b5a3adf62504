import { DEFAULT_POLICY, policyOn } from '@bangfu/domain/identification/policy/policy';
import { ruleMessage } from '@bangfu/domain/identification/quality/message';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import type { BusinessDay } from '@bangfu/domain/shared/time';

const RULES = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** A rule's severity, by id; a warning where the rule is no longer shipped. */
export const severityOf = (ruleId: string) => RULES.get(ruleId)?.severity ?? 'warning';

/**
 * A rule's severity, and its text with the figures of the policy in force on the day it was found broken. A rule that
 * is no longer shipped says its id.
 */
export function ruleText(
  ruleId: string,
  language: 'zh' | 'en',
  foundOn: BusinessDay,
): { severity: 'error' | 'warning'; message: string } {
  const rule = RULES.get(ruleId);
  if (!rule) return { severity: 'warning', message: ruleId };
  const { quality } = policyOn([DEFAULT_POLICY], foundOn);
  return { severity: rule.severity, message: ruleMessage(rule, quality, language) };
}

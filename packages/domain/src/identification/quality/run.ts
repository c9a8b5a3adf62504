import { ageOn } from '../../shared/time.ts';
import type { HouseholdRecord, MemberRecord, VillageRecord } from '../household/record.ts';
import { CONDITION_RULES } from './conditions.ts';
import { EDUCATION_LABOUR_HOUSEHOLD_RULES, EDUCATION_LABOUR_PERSON_RULES } from './education-labour.ts';
import { HEALTH_HOUSEHOLD_RULES, HEALTH_PERSON_RULES } from './health.ts';
import { IDENTITY_HOUSEHOLD_RULES, IDENTITY_PERSON_RULES, SAME_ID_RULE } from './identity.ts';
import { INCOME_RULES } from './income.ts';
import { MONITORING_HOUSEHOLD_RULES, MONITORING_PERSON_RULES } from './monitoring.ts';
import type { HouseholdRule, PersonContext, PersonRule, RuleContext, SetRule, VillageRule } from './rule.ts';
import { VILLAGE_RULES } from './village.ts';

export const PERSON_RULES: readonly PersonRule[] = [
  ...IDENTITY_PERSON_RULES,
  ...EDUCATION_LABOUR_PERSON_RULES,
  ...HEALTH_PERSON_RULES,
  ...MONITORING_PERSON_RULES,
];
export const HOUSEHOLD_RULES: readonly HouseholdRule[] = [
  ...IDENTITY_HOUSEHOLD_RULES,
  ...EDUCATION_LABOUR_HOUSEHOLD_RULES,
  ...HEALTH_HOUSEHOLD_RULES,
  ...CONDITION_RULES,
  ...INCOME_RULES,
  ...MONITORING_HOUSEHOLD_RULES,
];
/** Every rule with its texts, for lists and screens. */
export const ALL_RULES: readonly (PersonRule | HouseholdRule | VillageRule | SetRule)[] = [
  SAME_ID_RULE,
  ...PERSON_RULES,
  ...HOUSEHOLD_RULES,
  ...VILLAGE_RULES,
];

/** A rule that a record breaks. `fields` is the rule's own list. */
export interface Breach {
  readonly ruleId: string;
  readonly personId?: string;
  readonly fields: readonly string[];
}

const NONE: readonly Breach[] = [];
const NOBODY: MemberRecord | null = null;
// The functions alone, side by side: looking them up in rules of many shapes took longer than calling them.
const PERSON_CHECKS = PERSON_RULES.map((rule) => rule.breaks);
const HOUSEHOLD_CHECKS = HOUSEHOLD_RULES.map((rule) => rule.breaks);

/**
 * Evaluates all rules on one household and its living members. Nothing is allocated for a record that breaks no rule
 * except one context object: it is called once for every household of a county.
 */
export function runRules(household: HouseholdRecord, context: RuleContext): readonly Breach[] {
  let breaches: Breach[] | null = null;
  for (let i = 0; i < HOUSEHOLD_CHECKS.length; i++) {
    const rule = HOUSEHOLD_CHECKS[i]?.(household, context) ? HOUSEHOLD_RULES[i] : undefined;
    if (rule) (breaches ??= []).push({ ruleId: rule.id, fields: rule.fields });
  }
  let head = NOBODY;
  let spouse = NOBODY;
  for (const member of household.members) {
    if (member.relation === 'head') head ??= member;
    else if (member.relation === 'spouse') spouse ??= member;
  }
  const { today, quality, monitoringLineFen } = context;
  const person: { -readonly [K in keyof PersonContext]: PersonContext[K] } = {
    today,
    quality,
    monitoringLineFen,
    household,
    head,
    spouse,
    age: Number.NaN,
  };
  for (const member of household.members) {
    if (member.deceasedOn !== null) continue;
    person.age = member.idFacts ? ageOn(member.idFacts.birthDate, today) : Number.NaN;
    for (let i = 0; i < PERSON_CHECKS.length; i++) {
      const rule = PERSON_CHECKS[i]?.(member, person) ? PERSON_RULES[i] : undefined;
      if (rule) (breaches ??= []).push({ ruleId: rule.id, personId: member.id, fields: rule.fields });
    }
  }
  return breaches ?? NONE;
}

/** Evaluates the village rules on one village's sheet. */
export function runVillageRules(village: VillageRecord): readonly Breach[] {
  return VILLAGE_RULES.filter((rule) => rule.breaks(village)).map(({ id, fields }) => ({ ruleId: id, fields }));
}

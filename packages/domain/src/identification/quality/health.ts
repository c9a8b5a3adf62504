import type { HouseholdRecord, MemberRecord } from '../household/record.ts';
import type { HouseholdRule, PersonRule, RuleContext } from './rule.ts';

/** Whether a state of health is nobody's of those alive or who died in the year of the check date; all were asked. */
const nobodyThisYear = (
  { members }: HouseholdRecord,
  { today }: RuleContext,
  holds: (member: MemberRecord) => boolean,
): boolean =>
  members.every(
    (m) => m.health !== undefined && ((m.deceasedOn ?? today).slice(0, 4) !== today.slice(0, 4) || !holds(m)),
  );

const isDisabled = ({ health = [] }: MemberRecord) => health.includes('disabled');
const isIll = ({ health = [] }: MemberRecord) => health.includes('major-disease') || health.includes('chronic-disease');

/**
 * Whether basic medical care is not guaranteed. Employee insurance stands in the place of the residents': holding both
 * would break 2_12_015.
 */
export const lacksMedicalCare = (person: MemberRecord): boolean =>
  person.criticalIllnessInsurance === false ||
  (person.residentMedicalInsurance === false && person.employeeMedicalInsurance !== true);

export const HEALTH_PERSON_RULES: readonly PersonRule[] = [
  {
    id: '2_01_006',
    object: 'person',
    severity: 'error',
    fields: ['criticalIllnessInsurance'],
    message: { zh: '参加大病医疗为空', en: 'Critical-illness insurance is empty' },
    breaks: (person) => person.criticalIllnessInsurance === null,
  },
  {
    id: '2_01_008',
    object: 'person',
    severity: 'error',
    fields: ['residentMedicalInsurance', 'employeeMedicalInsurance'],
    message: { zh: '居民医保和职工医保均为空或否', en: 'Both medical insurances are empty or "no"' },
    breaks: ({ residentMedicalInsurance, employeeMedicalInsurance }) =>
      residentMedicalInsurance !== undefined &&
      employeeMedicalInsurance !== undefined &&
      !residentMedicalInsurance &&
      !employeeMedicalInsurance,
  },
  {
    id: '2_01_016',
    object: 'person',
    severity: 'error',
    fields: ['criticalIllnessInsurance', 'residentMedicalInsurance'],
    message: {
      zh: '大病医疗或城乡居民医保为“否”，基本医疗未保障',
      en: 'Critical-illness or resident medical insurance is "no": basic medical care is not guaranteed',
    },
    breaks: lacksMedicalCare,
  },
  {
    id: '2_12_015',
    object: 'person',
    severity: 'error',
    fields: ['residentMedicalInsurance', 'employeeMedicalInsurance'],
    message: { zh: '同时参加居民医保和职工医保', en: 'Resident and employee medical insurance are both "yes"' },
    breaks: ({ residentMedicalInsurance, employeeMedicalInsurance }) =>
      residentMedicalInsurance === true && employeeMedicalInsurance === true,
  },
  {
    id: '4_12_003',
    object: 'person',
    severity: 'error',
    fields: ['health', 'disabilityCertificate'],
    message: { zh: '健康状况为残疾但没有残疾人证', en: 'Health "disabled" without a disability certificate' },
    // A certificate may stand in the place of the ID number.
    breaks: (person) =>
      isDisabled(person) && person.disabilityCertificate === null && person.idFacts?.certificate === undefined,
  },
];

export const HEALTH_HOUSEHOLD_RULES: readonly HouseholdRule[] = [
  {
    id: '4_11_016',
    object: 'household',
    severity: 'error',
    fields: ['disabilityAllowance', 'members'],
    message: { zh: '享受残疾补贴但家中没有残疾成员', en: 'Receives disability allowance, but no member is disabled' },
    breaks: (household, context) =>
      household.disabilityAllowance === true && nobodyThisYear(household, context, isDisabled),
  },
  {
    id: '5_15_015',
    object: 'household',
    severity: 'error',
    fields: ['mainCause', 'otherCauses', 'members'],
    message: {
      zh: '致贫原因为因病但没有大病或慢性病成员',
      en: 'Cause "illness", but nobody with a major or chronic disease',
    },
    breaks: (household, context) =>
      (household.mainCause === 'illness' || household.otherCauses.includes('illness')) &&
      nobodyThisYear(household, context, isIll),
  },
  {
    id: '5_15_020',
    object: 'household',
    severity: 'error',
    fields: ['risks', 'outOfPocketMedical'],
    message: { zh: '风险为因病但合规自付医疗费用为0', en: 'Risk "illness", but out-of-pocket medical cost is 0' },
    breaks: ({ risks, outOfPocketMedical }) => outOfPocketMedical === 0 && risks.includes('illness'),
  },
];

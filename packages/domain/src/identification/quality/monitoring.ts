import { ageOn, daysBetween } from '../../shared/time.ts';
import type { HouseholdRecord, MemberRecord } from '../household/record.ts';
import { isHealthy, missesSchool } from './education-labour.ts';
import { lacksMedicalCare } from './health.ts';
import type { HouseholdRule, PersonRule, RuleContext } from './rule.ts';

const isMonitored = (h: HouseholdRecord) => h.monitoredKind !== null && h.monitoredKind !== undefined;
const riskOpen = (h: HouseholdRecord) => isMonitored(h) && h.clearedOn === null;
const isAble = ({ labour }: MemberRecord) => labour === 'ordinary' || labour === 'skilled' || labour === 'weak';
const noBenefit = (fen: number | null | undefined) => fen === null || fen === 0;
const someoneLiving = (h: HouseholdRecord, holds: (m: MemberRecord) => boolean) =>
  h.members.some((m) => m.deceasedOn === null && holds(m));

/** A guarantee that is still open: house, water, basic medical care or compulsory education. */
const guaranteeOpen = (h: HouseholdRecord, { today, quality }: RuleContext): boolean =>
  h.safeWater === false ||
  h.housingGuarantee === false ||
  someoneLiving(
    h,
    (m) => lacksMedicalCare(m) || (m.idFacts !== null && missesSchool(m, ageOn(m.idFacts.birthDate, today), quality)),
  );

/** Poor and without a helper, or not visited for longer than the policy allows (never counts as too long). */
const leftAlone = (h: HouseholdRecord, { today, quality }: RuleContext): boolean =>
  (h.status === 'poor' || h.status === 'returned') &&
  (h.hasHelper === false ||
    h.lastVisitOn === null ||
    (h.lastVisitOn !== undefined &&
      daysBetween(h.lastVisitOn, today) > quality.visitEveryDays + quality.visitOverdueDays));

const household = (
  id: string,
  fields: HouseholdRule['fields'],
  zh: string,
  en: string,
  breaks: HouseholdRule['breaks'],
): HouseholdRule => ({
  id,
  object: 'household',
  severity: 'error',
  fields,
  message: { zh, en },
  breaks,
});

export const MONITORING_HOUSEHOLD_RULES: readonly HouseholdRule[] = [
  household(
    '1_02_007',
    ['clearedOn', 'safeWater', 'housingGuarantee', 'members'],
    '风险已消除但成员的教育、医疗或住房、饮水问题尚未解决',
    "Risk cleared, but a member's education, health, house or water problem is open",
    (h, context) => h.clearedOn !== null && guaranteeOpen(h, context),
  ),
  {
    id: 'x_05_001',
    object: 'household',
    severity: 'warning',
    fields: ['hasHelper', 'lastVisitOn'],
    message: {
      zh: '贫困户没有帮扶责任人，或超过每 {visitEveryDays} 天一次的走访期限 {visitOverdueDays} 天以上',
      en: 'Poor without a helper, or the visit due every {visitEveryDays} days is late by more than {visitOverdueDays}',
    },
    breaks: leftAlone,
  },
  household(
    '1_02_009',
    ['clearedOn', 'waterFacilityDamaged'],
    '风险已消除但饮水设施损坏',
    'Risk cleared, but the drinking-water facility is damaged',
    (h) => h.clearedOn !== null && h.waterFacilityDamaged === true,
  ),
  household(
    '4_11_006',
    ['safeWater', 'risks'],
    '饮水不安全但风险中没有“饮水”',
    'Water is unsafe, but "water" is not among the risks',
    (h) => h.safeWater === false && riskOpen(h) && !h.risks.includes('water'),
  ),
  household(
    '4_11_015',
    ['measures', 'lowIncomeAllowance', 'extremeHardshipSupport'],
    '措施为低保或特困供养但没有相应补助',
    'Measure "low-income allowance / extreme-hardship support", but no such benefit on file',
    (h) =>
      h.measures.includes('low-income-allowance') &&
      noBenefit(h.lowIncomeAllowance) &&
      noBenefit(h.extremeHardshipSupport),
  ),
  household(
    '5_11_032',
    ['measures', 'members'],
    '有劳动能力且风险未消除，却只有综合保障措施',
    'Has able labour and an open risk, but the only measure is social security',
    (h) =>
      riskOpen(h) &&
      h.measures.length > 0 &&
      h.measures.every((m) => m === 'social-security') &&
      someoneLiving(h, isAble),
  ),
  household(
    '5_15_013',
    ['risks', 'members'],
    '风险为务工就业不稳但没有劳动能力成员',
    'Risk "unstable work", but no member has labour ability',
    (h) => h.risks.includes('unstable-work') && !someoneLiving(h, (m) => m.labour === undefined || isAble(m)),
  ),
  household(
    '5_15_014',
    ['risks', 'members'],
    '风险为务工就业不稳但没有务工记录',
    'Risk "unstable work", but no member has a work record',
    (h) => h.risks.includes('unstable-work') && h.members.every((m) => m.workRecords?.length === 0),
  ),
  household(
    '3_11_003',
    ['risks', 'measures'],
    '风险为因病但没有健康、社会帮扶或综合保障措施',
    'Risk "illness", but no health, social or security measure',
    (h) =>
      h.risks.includes('illness') &&
      !h.measures.some((m) => m === 'health' || m === 'social-assistance' || m === 'social-security'),
  ),
];

export const MONITORING_PERSON_RULES: readonly PersonRule[] = [
  {
    id: '5_15_019',
    object: 'person',
    severity: 'error',
    fields: ['health', 'schoolStage', 'idFacts'],
    message: {
      zh: '特困供养户中 {adultAge} 岁及以上、不满 {oldAge} 岁，健康且不在校',
      en: 'Extreme-hardship support, aged {adultAge} to under {oldAge}, healthy, not in school',
    },
    breaks: (p, { household: h, age, quality }) =>
      h.category === 'extreme-hardship' &&
      age >= quality.adultAge &&
      age < quality.oldAge &&
      isHealthy(p) &&
      (p.schoolStage === null || p.schoolStage === 'not-in-school'),
  },
];

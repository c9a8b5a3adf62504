import { ageOn } from '../../shared/time.ts';
import { type HouseholdRecord, livingCount } from '../household/record.ts';
import { perCapitaIncome } from '../income/income.ts';
import type { HouseholdRule, RuleContext } from './rule.ts';

const isAmount = (value: number | null | undefined): value is number => typeof value === 'number';

const netDiffers = (h: HouseholdRecord): boolean =>
  isAmount(h.netIncome) &&
  isAmount(h.wageIncome) &&
  isAmount(h.businessIncome) &&
  isAmount(h.propertyIncome) &&
  isAmount(h.transferIncome) &&
  isAmount(h.productionCost) &&
  h.netIncome !== h.wageIncome + h.businessIncome + h.propertyIncome + h.transferIncome - h.productionCost;

const perCapitaDiffers = (h: HouseholdRecord): boolean => {
  if (!isAmount(h.netIncome) || !isAmount(h.perCapitaIncome)) return false;
  const members = h.memberCount ?? livingCount(h);
  return members > 0 && h.perCapitaIncome !== perCapitaIncome(h.netIncome, members);
};

const changedTooMuch = (
  { perCapitaIncome, lastYearPerCapitaIncome }: HouseholdRecord,
  { quality }: RuleContext,
): boolean =>
  isAmount(perCapitaIncome) &&
  isAmount(lastYearPerCapitaIncome) &&
  lastYearPerCapitaIncome !== 0 &&
  Math.abs(perCapitaIncome - lastYearPerCapitaIncome) * 100 >
    Math.abs(lastYearPerCapitaIncome) * quality.incomeChangePercent;

const nobodyOld = ({ members }: HouseholdRecord, { today, quality }: RuleContext): boolean =>
  !members.some(
    (m) => m.deceasedOn === null && m.idFacts !== null && ageOn(m.idFacts.birthDate, today) >= quality.oldAge,
  );

const clearedByHelp = (h: HouseholdRecord) => h.clearedOn !== null && h.clearedByAssistance === true;

const household = (
  id: string,
  severity: HouseholdRule['severity'],
  fields: HouseholdRule['fields'],
  zh: string,
  en: string,
  breaks: HouseholdRule['breaks'],
): HouseholdRule => ({ id, object: 'household', severity, fields, message: { zh, en }, breaks });

export const INCOME_RULES: readonly HouseholdRule[] = [
  household(
    'x_04_001',
    'error',
    ['netIncome', 'wageIncome', 'businessIncome', 'propertyIncome', 'transferIncome', 'productionCost'],
    '家庭纯收入不等于各项收入之和减去生产经营性支出',
    'Net income is not wage + business + property + transfer − costs',
    netDiffers,
  ),
  household(
    'x_04_002',
    'error',
    ['perCapitaIncome', 'netIncome', 'memberCount'],
    '人均纯收入不等于家庭纯收入除以人数',
    'Per-capita income is not net income ÷ members',
    perCapitaDiffers,
  ),
  household(
    '5_15_023',
    'error',
    ['wageIncome'],
    '工资性收入大于0但低于 {wageFloorFen} 元',
    'Wage income above 0 but below {wageFloorFen} yuan',
    ({ wageIncome }, { quality }) => isAmount(wageIncome) && wageIncome > 0 && wageIncome < quality.wageFloorFen,
  ),
  household(
    '1_02_006',
    'error',
    ['status', 'perCapitaIncome', 'monitoredKind'],
    '脱贫户人均纯收入低于监测线但未纳入监测',
    'Exited, per-capita income below the monitoring line, not monitored',
    (h, { monitoringLineFen }) =>
      h.status === 'exited' &&
      h.monitoredKind === null &&
      h.incomeYear !== null &&
      isAmount(h.perCapitaIncome) &&
      h.perCapitaIncome < monitoringLineFen(h.incomeYear),
  ),
  household(
    '1111_18',
    'warning',
    ['monitoredSince', 'recognitionPerCapitaIncome'],
    '{recognitionIncomeSince} 以来纳入监测，识别时人均纯收入高于 {recognitionIncomeMaxFen} 元',
    'Monitored since {recognitionIncomeSince}, per-capita income at recognition above {recognitionIncomeMaxFen} yuan',
    (h, { quality }) =>
      h.monitoredSince !== null &&
      h.monitoredSince >= quality.recognitionIncomeSince &&
      isAmount(h.recognitionPerCapitaIncome) &&
      h.recognitionPerCapitaIncome > quality.recognitionIncomeMaxFen,
  ),
  household(
    '4_11_010',
    'error',
    ['clearedOn', 'clearingPerCapitaIncome'],
    '帮扶消除风险，消除时人均纯收入低于当年监测线',
    "Risk cleared by assistance, per-capita income at clearing below the year's monitoring line",
    (h, { monitoringLineFen }) =>
      clearedByHelp(h) &&
      h.clearedOn !== null &&
      isAmount(h.clearingPerCapitaIncome) &&
      h.clearingPerCapitaIncome < monitoringLineFen(Number(h.clearedOn.slice(0, 4))),
  ),
  household(
    '4_11_012',
    'error',
    ['clearedOn', 'measures', 'wageIncome'],
    '以就业或公益岗位帮扶消除风险，工资性收入却为0',
    'Risk cleared with job or post assistance, wage income 0',
    (h) => clearedByHelp(h) && h.wageIncome === 0 && (h.measures.includes('job') || h.measures.includes('public-post')),
  ),
  household(
    '5_11_013',
    'error',
    ['clearedOn', 'measures', 'businessIncome'],
    '以产业帮扶消除风险，生产经营性收入却为0',
    'Risk cleared with industry assistance, business income 0',
    (h) => clearedByHelp(h) && h.businessIncome === 0 && h.measures.includes('industry'),
  ),
  household(
    'x_04_003',
    'warning',
    ['perCapitaIncome', 'lastYearPerCapitaIncome'],
    '人均纯收入与上年相比变化超过 {incomeChangePercent}%',
    'Per-capita income changed by more than {incomeChangePercent}% against last year',
    changedTooMuch,
  ),
  household(
    'x_04_004',
    'error',
    ['pension', 'members'],
    '有养老保险金收入但没有 {oldAge} 岁及以上成员',
    'Receives pension income, but nobody is aged {oldAge} or more',
    (h, context) => (h.pension ?? 0) > 0 && nobodyOld(h, context),
  ),
];

import { ageOn } from '../../shared/time.ts';
import { type HouseholdRecord, livingCount } from '../household/record.ts';
import { perCapitaIncome } from '../income/income.ts';
import type { HouseholdRule, RuleContext } from './rule.ts';

const isAmount = (value: number | null | undefined): value is number => typeof value === 'number';

const netDiffers = (h: HouseholdRecord): boolean =>
  isAmount(h.netIncomeFen) &&
  isAmount(h.wageFen) &&
  isAmount(h.businessFen) &&
  isAmount(h.propertyFen) &&
  isAmount(h.transferFen) &&
  isAmount(h.costsFen) &&
  h.netIncomeFen !== h.wageFen + h.businessFen + h.propertyFen + h.transferFen - h.costsFen;

const perCapitaDiffers = (h: HouseholdRecord): boolean => {
  if (!isAmount(h.netIncomeFen) || !isAmount(h.perCapitaIncomeFen)) return false;
  const members = h.memberCount ?? livingCount(h);
  return members > 0 && h.perCapitaIncomeFen !== perCapitaIncome(h.netIncomeFen, members);
};

const changedTooMuch = (
  { perCapitaIncomeFen, lastYearPerCapitaFen }: HouseholdRecord,
  { quality }: RuleContext,
): boolean =>
  isAmount(perCapitaIncomeFen) &&
  isAmount(lastYearPerCapitaFen) &&
  lastYearPerCapitaFen !== 0 &&
  Math.abs(perCapitaIncomeFen - lastYearPerCapitaFen) * 100 >
    Math.abs(lastYearPerCapitaFen) * quality.incomeChangePercent;

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
    ['netIncomeFen', 'wageFen', 'businessFen', 'propertyFen', 'transferFen', 'costsFen'],
    '家庭纯收入不等于各项收入之和减去生产经营性支出',
    'Net income is not wage + business + property + transfer − costs',
    netDiffers,
  ),
  household(
    'x_04_002',
    'error',
    ['perCapitaIncomeFen', 'netIncomeFen', 'memberCount'],
    '人均纯收入不等于家庭纯收入除以人数',
    'Per-capita income is not net income ÷ members',
    perCapitaDiffers,
  ),
  household(
    '5_15_023',
    'error',
    ['wageFen'],
    '工资性收入大于0但低于 {wageFloorFen} 元',
    'Wage income above 0 but below {wageFloorFen} yuan',
    ({ wageFen }, { quality }) => isAmount(wageFen) && wageFen > 0 && wageFen < quality.wageFloorFen,
  ),
  household(
    '1_02_006',
    'error',
    ['status', 'perCapitaIncomeFen', 'monitored'],
    '脱贫户人均纯收入低于监测线但未纳入监测',
    'Exited, per-capita income below the monitoring line, not monitored',
    (h, { monitoringLineFen }) =>
      h.status === 'exited' &&
      h.monitored === null &&
      h.incomeYear !== null &&
      isAmount(h.perCapitaIncomeFen) &&
      h.perCapitaIncomeFen < monitoringLineFen(h.incomeYear),
  ),
  household(
    '1111_18',
    'warning',
    ['recognisedOn', 'recognitionPerCapitaFen'],
    '{recognitionIncomeSince} 以来纳入监测，识别时人均纯收入高于 {recognitionIncomeMaxFen} 元',
    'Monitored since {recognitionIncomeSince}, per-capita income at recognition above {recognitionIncomeMaxFen} yuan',
    (h, { quality }) =>
      h.recognisedOn !== null &&
      h.recognisedOn >= quality.recognitionIncomeSince &&
      isAmount(h.recognitionPerCapitaFen) &&
      h.recognitionPerCapitaFen > quality.recognitionIncomeMaxFen,
  ),
  household(
    '4_11_010',
    'error',
    ['clearedOn', 'clearingPerCapitaFen'],
    '帮扶消除风险，消除时人均纯收入低于当年监测线',
    "Risk cleared by assistance, per-capita income at clearing below the year's monitoring line",
    (h, { monitoringLineFen }) =>
      clearedByHelp(h) &&
      h.clearedOn !== null &&
      isAmount(h.clearingPerCapitaFen) &&
      h.clearingPerCapitaFen < monitoringLineFen(Number(h.clearedOn.slice(0, 4))),
  ),
  household(
    '4_11_012',
    'error',
    ['clearedOn', 'measures', 'wageFen'],
    '以就业或公益岗位帮扶消除风险，工资性收入却为0',
    'Risk cleared with job or post assistance, wage income 0',
    (h) => clearedByHelp(h) && h.wageFen === 0 && (h.measures.includes('job') || h.measures.includes('public-post')),
  ),
  household(
    '5_11_013',
    'error',
    ['clearedOn', 'measures', 'businessFen'],
    '以产业帮扶消除风险，生产经营性收入却为0',
    'Risk cleared with industry assistance, business income 0',
    (h) => clearedByHelp(h) && h.businessFen === 0 && h.measures.includes('industry'),
  ),
  household(
    'x_04_003',
    'warning',
    ['perCapitaIncomeFen', 'lastYearPerCapitaFen'],
    '人均纯收入与上年相比变化超过 {incomeChangePercent}%',
    'Per-capita income changed by more than {incomeChangePercent}% against last year',
    changedTooMuch,
  ),
  household(
    'x_04_004',
    'error',
    ['pensionFen', 'members'],
    '有养老保险金收入但没有 {oldAge} 岁及以上成员',
    'Receives pension income, but nobody is aged {oldAge} or more',
    (h, context) => (h.pensionFen ?? 0) > 0 && nobodyOld(h, context),
  ),
];

import { CASE_KINDS, type CaseKind } from '@bangfu/domain/identification/policy/policy';
import type { Fen } from '@bangfu/domain/shared/money';
import { businessDay } from '@bangfu/domain/shared/time';
import { z } from 'zod';
import { amount, deadline, day, group, money, percent, policy } from '../core/policy.ts';
import { policiesOf } from '../core/policy-operations.ts';

const KIND_WORDS: Readonly<Record<CaseKind, readonly [zh: string, en: string]>> = {
  registration: ['建档立卡', 'registration'],
  exit: ['脱贫退出', 'exit'],
  return: ['返贫', 'return'],
  monitoring: ['监测识别', 'monitoring'],
  clearing: ['风险消除', 'clearing'],
};

/** One group of fields for each procedure. */
const byKind = <Shape extends z.ZodRawShape>(shapeOf: (kind: CaseKind) => Shape) =>
  Object.fromEntries(CASE_KINDS.map((kind) => [kind, group(...KIND_WORDS[kind], shapeOf(kind))])) as Record<
    CaseKind,
    z.ZodObject<Shape>
  >;

const yuan = (value: number) => (value * 100) as Fen;
const line = () =>
  z.object({ amountFen: money('标准（每人每年）', 'line, per person and year', { min: 1, max: 10_000_000 }) });

const NATIONAL = [
  [2010, 2300],
  [2011, 2536],
  [2012, 2625],
  [2013, 2736],
  [2014, 2800],
  [2015, 2855],
  [2016, 2952],
] as const;

/** The poverty line of each year, per person at current prices; a county's before its province's before the country's. */
export const POVERTY_LINE = policy({
  service: 'identification',
  key: 'poverty-line',
  label: { zh: '贫困标准', en: 'Poverty line' },
  isYearly: true,
  schema: line(),
  seeds: [
    ...NATIONAL.map(([year, amountYuan]) => ({
      validFrom: `${year}-01-01`,
      value: { amountFen: yuan(amountYuan) },
      document: `国家农村扶贫标准（${year}年现价）`,
    })),
    { validFrom: '2016-01-01', regions: ['21'], value: { amountFen: yuan(3080) }, document: '辽宁省扶贫标准' },
    { validFrom: '2016-01-01', regions: ['61'], value: { amountFen: yuan(3070) }, document: '陕西省扶贫标准' },
  ],
});

/** The monitoring line of each year, set by the province. */
export const MONITORING_LINE = policy({
  service: 'identification',
  key: 'monitoring-line',
  label: { zh: '监测范围标准', en: 'Monitoring line' },
  isYearly: true,
  schema: line(),
  seeds: [{ validFrom: '2023-01-01', value: { amountFen: yuan(7300) }, document: '2023年防止返贫监测范围' }],
});

const SHIPPED = '2010-01-01';
const fullDays = (zh: string, en: string) => amount(zh, en, 'day', { min: 1, max: 60 });

/** Full calendar days that notices stay open. */
export const NOTICE_DAYS = policy({
  service: 'identification',
  key: 'notice-days',
  label: { zh: '公示天数', en: 'Days of notices' },
  schema: z.object({
    noticeFullDays: group(
      '完整公示天数',
      'full days',
      byKind(() => ({
        village: fullDays('村公示', 'village notice'),
        township: fullDays('乡镇公示', 'township notice'),
      })),
    ),
    noticeCloseDays: amount('期满后撤下的天数', 'days to take a notice down', 'day', { min: 1, max: 60 }),
    objectionAnswerDays: amount('答复异议的天数', 'days to answer an objection', 'day', { min: 1, max: 60 }),
  }),
  seeds: [
    {
      validFrom: SHIPPED,
      value: {
        noticeFullDays: {
          registration: { village: 7, township: 7 },
          exit: { village: 7, township: 7 },
          return: { village: 7, township: 7 },
          monitoring: { village: 5, township: 5 },
          clearing: { village: 5, township: 5 },
        },
        noticeCloseDays: 3,
        objectionAnswerDays: 7,
      },
      document: '系统默认政策',
    },
  ],
});

const ratio = (zh: string, en: string) =>
  group(zh, en, {
    of: amount('分子', 'parts', 'item', { min: 1, max: 100 }),
    outOf: amount('分母', 'of', 'item', { min: 1, max: 100 }),
  });

/** Who must be present at an appraisal, and in favour. */
export const APPRAISAL = policy({
  service: 'identification',
  key: 'appraisal',
  label: { zh: '民主评议', en: 'Villagers’ appraisal' },
  schema: z.object({
    quorum: ratio('到会占应到', 'present of those entitled'),
    majority: ratio('赞成占到会', 'in favour of those present'),
  }),
  seeds: [
    {
      validFrom: SHIPPED,
      value: { quorum: { of: 2, outOf: 3 }, majority: { of: 2, outOf: 3 } },
      document: '系统默认政策',
    },
  ],
});

const STEP_WORDS = {
  survey: ['普遍调查', 'survey'],
  application: ['农户申请', 'application'],
  appraisal: ['民主评议', 'appraisal'],
  'county-pre-exit': ['县级预退出', 'county pre-exit'],
  'intensified-help': ['巩固帮扶', 'intensified help'],
  verification: ['核查', 'verification'],
  acceptance: ['农户认可', 'household’s acceptance'],
  'village-notice': ['张贴村公示', 'village notice'],
  'township-notice': ['张贴乡镇公示', 'township notice'],
  'township-approval': ['乡镇审定', 'township approval'],
  'county-approval': ['县级审定', 'county approval'],
  announcement: ['公告', 'announcement'],
  certificate: ['发证', 'certificate'],
} as const;
type Step = keyof typeof STEP_WORDS;
const days = <const Steps extends readonly Step[]>(...steps: Steps) =>
  Object.fromEntries(
    steps.map((step) => [step, amount(STEP_WORDS[step][0], STEP_WORDS[step][1], 'day', { min: 1, max: 366 })]),
  ) as Record<Steps[number], ReturnType<typeof amount>>;

const ENTERING = [
  'survey',
  'application',
  'appraisal',
  'village-notice',
  'verification',
  'township-notice',
  'township-approval',
  'county-approval',
  'announcement',
] as const;
const ENTERING_DAYS = {
  survey: 15,
  application: 10,
  appraisal: 15,
  'village-notice': 3,
  verification: 10,
  'township-notice': 3,
  'township-approval': 5,
  'county-approval': 10,
  announcement: 5,
};

/** How long procedures and their steps take. */
export const PROCEDURE_DAYS = policy({
  service: 'identification',
  key: 'procedure-days',
  label: { zh: '办理时限', en: 'Days of procedures' },
  schema: z.object({
    openedWithinDays: group('立案日期可早于今天', 'opened before today by', {
      usual: amount('一般', 'usually', 'day', { max: 3660 }),
      most: amount('最多', 'at most', 'day', { max: 3660 }),
    }),
    procedureDays: group('全程时限', 'whole procedure', {
      monitoring: amount('监测识别', 'monitoring', 'day', { min: 1, max: 366 }),
    }),
    stepDays: group('各环节时限', 'each step', {
      registration: group(...KIND_WORDS.registration, days(...ENTERING)),
      return: group(...KIND_WORDS.return, days(...ENTERING)),
      exit: group(
        ...KIND_WORDS.exit,
        days(
          'appraisal',
          'county-pre-exit',
          'intensified-help',
          'verification',
          'acceptance',
          'village-notice',
          'township-approval',
          'county-approval',
          'certificate',
        ),
      ),
      monitoring: group(
        ...KIND_WORDS.monitoring,
        days('application', 'verification', 'appraisal', 'village-notice', 'township-approval', 'county-approval'),
      ),
      clearing: group(
        ...KIND_WORDS.clearing,
        days('verification', 'appraisal', 'acceptance', 'village-notice', 'township-approval', 'county-approval'),
      ),
    }),
  }),
  seeds: [
    {
      validFrom: SHIPPED,
      value: {
        openedWithinDays: { usual: 92, most: 366 },
        procedureDays: { monitoring: 15 },
        stepDays: {
          registration: ENTERING_DAYS,
          return: ENTERING_DAYS,
          exit: {
            appraisal: 15,
            'county-pre-exit': 10,
            'intensified-help': 90,
            verification: 15,
            acceptance: 10,
            'village-notice': 3,
            'township-approval': 5,
            'county-approval': 10,
            certificate: 15,
          },
          monitoring: {
            application: 2,
            verification: 3,
            appraisal: 2,
            'village-notice': 1,
            'township-approval': 2,
            'county-approval': 2,
          },
          clearing: {
            verification: 10,
            appraisal: 15,
            acceptance: 10,
            'village-notice': 3,
            'township-approval': 5,
            'county-approval': 10,
          },
        },
      },
      document: '系统默认政策',
    },
  ],
});

const age = (zh: string, en: string) => amount(zh, en, 'age', { min: 1, max: 150 });
const span = (zh: string, en: string) => group(zh, en, { from: age('从', 'from'), to: age('至', 'to') });

/** Thresholds of the data-quality rules. */
export const QUALITY_RULES = policy({
  service: 'identification',
  key: 'quality-rules',
  label: { zh: '数据质量规则', en: 'Data-quality rules' },
  schema: z.object({
    oldestAge: age('年龄上限', 'oldest age'),
    parentYears: age('父母与子女年龄差', 'years between parent and child'),
    grandparentYears: age('祖孙年龄差', 'years between grandparent and grandchild'),
    primarySchoolAge: span('小学年龄', 'age in primary school'),
    compulsorySchoolAge: span('义务教育年龄', 'age of compulsory school'),
    schoolLeaverAge: span('离校青年年龄', 'age of school leavers'),
    masterAge: age('硕士及以上最低年龄', 'least age in a master’s course'),
    workingAge: age('最低劳动年龄', 'working age'),
    adultAge: age('成年年龄', 'adult age'),
    oldAge: age('老年年龄', 'old age'),
    welfarePostAgeLimit: age('公益岗位年龄上限', 'age limit of public-welfare posts'),
    welfarePostsTooMany: amount('一户公益岗位过多', 'too many public-welfare posts', 'item', { min: 1, max: 100 }),
    farmlandMaxMu: amount('耕地面积上限', 'most farmland', 'mu', { max: 100_000 }),
    woodlandMaxMu: amount('林地面积上限', 'most woodland', 'mu', { max: 100_000 }),
    wageFloorFen: money('工资性收入下限', 'least wage income', { max: 100_000_000 }),
    recognitionIncomeMaxFen: money('识别时人均收入上限', 'most income at recognition', { max: 100_000_000 }),
    recognitionIncomeSince: day('识别时间起算', 'recognised since'),
    incomeChangePercent: percent('人均收入变动', 'change of income', { min: 1, max: 10_000 }),
    visitEveryDays: amount('走访间隔', 'days between visits', 'day', { min: 1, max: 366 }),
    visitOverdueDays: amount('走访逾期宽限', 'grace of a late visit', 'day', { max: 366 }),
  }),
  seeds: [
    {
      validFrom: SHIPPED,
      value: {
        oldestAge: 120,
        parentYears: 14,
        grandparentYears: 28,
        primarySchoolAge: { from: 6, to: 14 },
        compulsorySchoolAge: { from: 6, to: 15 },
        schoolLeaverAge: { from: 16, to: 22 },
        masterAge: 20,
        workingAge: 16,
        adultAge: 18,
        oldAge: 60,
        welfarePostAgeLimit: 70,
        welfarePostsTooMany: 3,
        farmlandMaxMu: 100,
        woodlandMaxMu: 200,
        wageFloorFen: yuan(100),
        recognitionIncomeMaxFen: yuan(20_000),
        recognitionIncomeSince: businessDay('2023-01-01'),
        incomeChangePercent: 50,
        visitEveryDays: 31,
        visitOverdueDays: 7,
      },
      document: '全国防止返贫监测信息系统数据质量规则（2023 版）',
    },
  ],
});

/** How long the offices' own work may wait. */
export const IDENTIFICATION_DEADLINES = policy({
  service: 'identification',
  key: 'identification-deadlines',
  label: { zh: '登记工作时限', en: 'Deadlines of register work' },
  schema: z.object({
    'import-to-commit': deadline('确认导入', 'commit an import'),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: {
        'import-to-commit': 3,
      },
      document: '系统默认政策',
    },
  ],
});

export const IDENTIFICATION_POLICIES = policiesOf('identification', [
  NOTICE_DAYS,
  APPRAISAL,
  PROCEDURE_DAYS,
  POVERTY_LINE,
  MONITORING_LINE,
  QUALITY_RULES,
  IDENTIFICATION_DEADLINES,
]);

/** Guards the place of the policies. */
export const { listPolicies: listIdentificationPolicies } = IDENTIFICATION_POLICIES;

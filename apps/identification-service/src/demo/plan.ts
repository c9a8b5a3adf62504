/** How far the demo walks a group of cases: the last act done, how many days ago, and for how many households. */
export interface DemoGroup {
  readonly until: DemoAct;
  readonly daysAgo: number;
  readonly households: number;
  /** What becomes of one of them beside the way of the others. */
  readonly apart?: 'objection' | 'refused' | 'withdrawn';
}

/** The acts of a registration in their order, and the day of the procedure the demo does each on. */
export const DEMO_DAYS = {
  open: 0,
  survey: 1,
  application: 2,
  appraisal: 4,
  villageNotice: 5,
  villageClosed: 13,
  verification: 15,
  townshipNotice: 16,
  townshipClosed: 24,
  townshipApproval: 26,
  countyApproval: 28,
  announcement: 30,
} as const;
export type DemoAct = keyof typeof DEMO_DAYS;

/** Groups in the order the villages take them up: the first village has work for its officer, its township and the county. */
export const DEMO_GROUPS: readonly DemoGroup[] = [
  { until: 'villageNotice', daysAgo: 3, households: 3, apart: 'objection' },
  { until: 'villageNotice', daysAgo: 9, households: 2 },
  { until: 'appraisal', daysAgo: 1, households: 2, apart: 'refused' },
  { until: 'open', daysAgo: 2, households: 1 },
  { until: 'villageClosed', daysAgo: 1, households: 2 },
  { until: 'townshipNotice', daysAgo: 4, households: 2 },
  { until: 'townshipClosed', daysAgo: 1, households: 3 },
  { until: 'survey', daysAgo: 1, households: 2, apart: 'withdrawn' },
  { until: 'townshipApproval', daysAgo: 2, households: 3 },
  { until: 'countyApproval', daysAgo: 1, households: 2 },
  { until: 'announcement', daysAgo: 0, households: 3 },
  { until: 'application', daysAgo: 2, households: 2 },
  { until: 'verification', daysAgo: 1, households: 2 },
];

/** Why a household of the demo may qualify whose income on file exceeds the line. */
export const DEMO_EXCEEDING = '档案中的收入为上一年度数，今年因病、因灾支出大，扣除后人均收入低于扶贫标准';

export const DEMO_FINDINGS = {
  enter: '入户见到户主本人，了解家庭成员和生产情况',
  look: '砖木结构旧房两间，有电视，无农机具；家有水井',
  compute: '全年收入少、支出大，扣除生产和生活必需开支后所剩无几',
  compare: '生活水平明显低于左邻右舍',
  appraise: '调查组三人一致认为符合条件',
  decide: '拟列为识别对象，提交民主评议',
} as const;

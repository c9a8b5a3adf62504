import { amount, deadline, group, policy, share } from '../core/policy.ts';
import { policiesOf } from '../core/policy-operations.ts';
import { z } from 'zod';

/** Who may be enrolled. */
export const LEARNERS = policy({
  service: 'training',
  key: 'learners',
  label: { zh: '参训人员条件', en: 'Who may be enrolled' },
  schema: z.object({
    minAge: amount('最低年龄', 'least age', 'age', { min: 14, max: 30 }),
    maxAge: group('最高年龄', 'greatest age', {
      male: amount('男', 'men', 'age', { min: 40, max: 80 }),
      female: amount('女', 'women', 'age', { min: 40, max: 80 }),
    }),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: { minAge: 16, maxAge: { male: 60, female: 55 } },
      document: '《中华人民共和国劳动法》；国发〔1978〕104号',
      paragraph: '第十五条；第一条',
    },
  ],
});

/** What a certificate takes. */
export const CERTIFICATES = policy({
  service: 'training',
  key: 'certificates',
  label: { zh: '结业证书条件', en: 'What a certificate takes' },
  schema: z.object({
    minAttendanceBp: share('最低出勤率', 'least attendance'),
    passMark: amount('及格分', 'pass mark', 'point', { max: 100 }),
  }),
  seeds: [{ validFrom: '2010-01-01', value: { minAttendanceBp: 8000, passMark: 60 }, document: '系统默认政策' }],
});

/** How long the offices' own work may wait. */
export const TRAINING_DEADLINES = policy({
  service: 'training',
  key: 'training-deadlines',
  label: { zh: '培训工作时限', en: 'Deadlines of training work' },
  schema: z.object({
    'results-to-record': deadline('登记考核成绩', 'record results'),
    'certificates-to-issue': deadline('发放证书', 'issue certificates'),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: {
        'results-to-record': 7,
        'certificates-to-issue': 14,
      },
      document: '系统默认政策',
    },
  ],
});

export const TRAINING_POLICIES = policiesOf('training', [LEARNERS, CERTIFICATES, TRAINING_DEADLINES]);
/** Guards the place of the policies. */
export const { listPolicies: listTrainingPolicies } = TRAINING_POLICIES;

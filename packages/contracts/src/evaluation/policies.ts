import { z } from 'zod';
import { amount, policy, share } from '../core/policy.ts';
import { policiesOf } from '../core/policy-operations.ts';

/** Inner Mongolia, Guangxi, Chongqing, Sichuan, Guizhou, Yunnan, Tibet, Shaanxi, Gansu, Qinghai, Ningxia, Xinjiang. */
const WESTERN_PROVINCES = ['15', '45', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65'];
const DOCUMENT = '《贫困县退出专项评估检查实施办法（试行）》';
const GENERAL = {
  compositeBp: 200,
  wrongExitBp: 200,
  missedBp: 200,
  approvalBp: 9000,
  minInterviewedBp: 8000,
  minHouseholds: 30,
};

/** What the three rates and one degree are judged by; an evaluation keeps the version of the day its frame is frozen. */
export const THRESHOLDS = policy({
  service: 'evaluation',
  key: 'thresholds',
  label: { zh: '三率一度达标标准', en: 'Thresholds of the three rates and one degree' },
  schema: z.object({
    compositeBp: share('综合贫困发生率低于', 'composite incidence below'),
    wrongExitBp: share('错退率低于', 'wrong-exit rate below'),
    missedBp: share('漏评率低于', 'missed rate below'),
    approvalBp: share('群众认可度不低于', 'approval at least'),
    minInterviewedBp: share('有效问卷占样本不低于', 'interviewed of the sample at least'),
    minHouseholds: amount('各率有效户数不少于', 'households in each rate at least', 'household', {
      min: 1,
      max: 10_000,
    }),
  }),
  seeds: [
    { validFrom: '2010-01-01', value: GENERAL, document: DOCUMENT },
    {
      validFrom: '2010-01-01',
      regions: WESTERN_PROVINCES,
      value: { ...GENERAL, compositeBp: 300 },
      document: DOCUMENT,
    },
  ],
});

export const EVALUATION_POLICIES = policiesOf('evaluation', [THRESHOLDS]);
/** Guards the place of the policies. */
export const { listPolicies: listEvaluationPolicies } = EVALUATION_POLICIES;

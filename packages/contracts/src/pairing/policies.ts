import { QUOTA_SETS, RANK_NAMES } from '@bangfu/domain/pairing/policy';
import { z } from 'zod';
import { FIELD_WORDS } from '../core/field-words.ts';
import { amount, choice, day, deadline, group, type PolicyValue, policy } from '../core/policy.ts';
import { policiesOf } from '../core/policy-operations.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

const rhythm = (zh: string, en: string) =>
  choice(zh, en, { week: { zh: '每周', en: 'weekly' }, month: { zh: '每月', en: 'monthly' } });
const weight = (zh: string, en: string) => amount(zh, en, 'point', { max: 10_000 });

/** A rank is named in lists and differences by its first field. */
const Rank = z.object({
  name: z.string().min(1).max(40).register(FIELD_WORDS, { zh: '职级', en: 'rank' }),
  rank: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .max(40)
    .register(SHAPE_WORDS, { zh: '应为小写字母和横线', en: 'must be small letters and hyphens' })
    .register(FIELD_WORDS, { zh: '代码', en: 'code', isCode: true }),
  quota: amount('帮扶户数上限', 'most households', 'household', { max: 100 }),
  pull: amount('优先安排到难村', 'drawn to harder villages', 'point', { max: 10 }),
});

/** Everything about pairing that a county sets for itself, from a day on. */
export const PAIRING = policy({
  service: 'pairing',
  key: 'pairing',
  label: { zh: '结对帮扶', en: 'Pairing' },
  schema: z.object({
    /** From the highest to the lowest. */
    ranks: z.array(Rank).min(1).max(20).register(FIELD_WORDS, { zh: '职级', en: 'ranks' }),
    weights: group('方案权重', 'weights of the plan', {
      distance: weight('远近', 'distance'),
      change: weight('更换责任人', 'change'),
      leadership: weight('领导带头', 'leadership'),
    }),
    visits: group('走访', 'visits', {
      rhythm: group('频次', 'rhythm', {
        red: rhythm('红色户', 'red'),
        yellow: rhythm('黄色户', 'yellow'),
        green: rhythm('绿色户', 'green'),
      }),
      visitsPerPeriod: amount('每期次数', 'visits in each period', 'time', { min: 1, max: 10 }),
      minPhotos: amount('最少照片', 'least photos', 'photo', { max: 9 }),
      clockTolerance: amount('手机时钟误差', 'tolerance of a phone’s clock', 'minute', { max: 1440 }),
      backDays: amount('可补记', 'recorded afterwards within', 'day', { min: 1, max: 366 }).default(92),
    }),
    aheadDays: amount('可提前安排', 'dated ahead by at most', 'day', { min: 1, max: 366 }).default(92),
    /** Counted from the household's own exit day (domain §5). */
    careMonths: amount('脱贫后继续帮扶', 'care after an exit', 'month', { max: 240 }).default(36),
    /** Of the households whose exit day nobody knows; without one they stay in care. */
    careUntil: day('脱贫日期不详的帮扶到', 'care until, where the exit day is not known').nullable().default(null),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: {
        ranks: QUOTA_SETS['5321'].map((rule) => ({ ...rule, name: RANK_NAMES[rule.rank]?.zh ?? rule.rank })),
        weights: { distance: 10, change: 60, leadership: 4 },
        visits: {
          rhythm: { red: 'week', yellow: 'month', green: 'month' },
          visitsPerPeriod: 1,
          minPhotos: 1,
          clockTolerance: 10,
          backDays: 92,
        },
        aheadDays: 92,
        careMonths: 36,
        careUntil: null,
      },
      document: '系统默认政策（5321）',
    },
  ],
});
export type PolicyContent = PolicyValue<typeof PAIRING>;

/** How long the offices' own work may wait. */
export const PAIRING_DEADLINES = policy({
  service: 'pairing',
  key: 'pairing-deadlines',
  label: { zh: '结对工作时限', en: 'Deadlines of pairing work' },
  schema: z.object({
    'plan-to-approve': deadline('审定结对方案', 'approve a plan'),
    'plan-to-apply': deadline('执行结对方案', 'apply a plan'),
    'households-without-helper': deadline('落实帮扶责任人', 'give households a helper'),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: { 'plan-to-approve': 7, 'plan-to-apply': 7, 'households-without-helper': 15 },
      document: '系统默认政策',
    },
  ],
});

export const PAIRING_POLICIES = policiesOf('pairing', [PAIRING, PAIRING_DEADLINES]);

/** Guards the place of the policies. */
export const { listPolicies: listPairingPolicies } = PAIRING_POLICIES;

import type { Fen } from '@bangfu/domain/shared/money';
import { z } from 'zod';
import { amount, deadline, choice, group, money, policy, share } from '../core/policy.ts';
import { policiesOf } from '../core/policy-operations.ts';

const yuan = (value: number) => (value * 100) as Fen;

/** What a contract with households must offer at least, and when its end is warned of. */
export const CONTRACT_TERMS = policy({
  service: 'industry',
  key: 'contract-terms',
  label: { zh: '合同条款', en: 'Terms of contracts' },
  schema: z.object({
    minGuaranteedBp: share('入股保底收益率不低于', 'guaranteed rate of a share at least'),
    minFixedDividendFen: money('定额分红每户每年不低于', 'fixed dividend per household and year at least', {
      max: 100_000_000,
    }),
    renewalDays: amount('到期前提醒续签', 'days before the end to renew', 'day', { min: 1, max: 366 }),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: { minGuaranteedBp: 600, minFixedDividendFen: yuan(3000), renewalDays: 60 },
      document: '系统默认政策',
    },
  ],
});

/** Days of declarations, notices and payments, and what a correction may change. */
export const DIVIDENDS = policy({
  service: 'industry',
  key: 'dividends',
  label: { zh: '分红', en: 'Dividends' },
  schema: z.object({
    declareWithinDays: amount('期满后申报', 'days to declare after the period', 'day', { min: 1, max: 366 }),
    noticeDays: amount('完整公示天数', 'full days of the notice', 'day', { min: 1, max: 60 }),
    payWithinDays: amount('公示期满后发放', 'days to pay after the notice', 'day', { min: 1, max: 366 }),
    belowGuarantee: choice('低于保底时', 'below the guarantee', {
      alarm: { zh: '提醒', en: 'an alarm' },
      refuse: { zh: '不予受理', en: 'refused' },
    }),
    correctionAbove: group('更正须县领导批准（两项同时超过）', 'a correction needs the county leader beyond both', {
      bp: amount('比公示多', 'of what was posted', 'basis-point', { max: 1_000_000 }),
      fen: money('且多于', 'and more than', { max: 1_000_000_000 }),
    }),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: {
        declareWithinDays: 60,
        noticeDays: 7,
        payWithinDays: 30,
        belowGuarantee: 'alarm',
        correctionAbove: { bp: 2000, fen: yuan(10_000) },
      },
      document: '系统默认政策',
    },
  ],
});

/** How long the offices' own work may wait. */
export const INDUSTRY_DEADLINES = policy({
  service: 'industry',
  key: 'industry-deadlines',
  label: { zh: '产业工作时限', en: 'Deadlines of industry work' },
  schema: z.object({
    'dividend-to-check': deadline('审核分红申报', 'check a declaration'),
    'dividend-to-post': deadline('张贴分红公示', 'post a notice'),
    'objection-to-answer': deadline('答复公示异议', 'answer an objection'),
    'notice-to-close': deadline('结束期满公示', 'close a notice'),
    'dividend-to-close': deadline('办结分红申报', 'close a declaration'),
    'receipt-to-import': deadline('导入银行回单', 'import a bank receipt'),
    'batch-cancel-to-decide': deadline('复核批次撤销', 'decide the cancelling of a batch'),
    'correction-to-decide': deadline('复核分红更正', 'decide a correction'),
    'receipt-differs': deadline('核实确认金额不符', 'look into a differing receipt'),
    'claim-to-settle': deadline('追回多发分红', 'settle a claim'),
    'settlement-to-decide': deadline('复核收回或抵扣', 'decide a settlement'),
    'nil-year-to-decide': deadline('确认无可分配利润', 'confirm a year without a dividend'),
    'contract-end-to-decide': deadline('复核合同终止或农户退出', 'decide the end of a contract'),
    'account-change-to-decide': deadline('复核收款账号变更', 'decide a change of account'),
  }),
  seeds: [
    {
      validFrom: '2010-01-01',
      value: {
        'dividend-to-check': 7,
        'dividend-to-post': 3,
        'objection-to-answer': 7,
        'notice-to-close': 3,
        'dividend-to-close': 7,
        'receipt-to-import': 15,
        'batch-cancel-to-decide': 1,
        'correction-to-decide': 7,
        'receipt-differs': 7,
        'claim-to-settle': 30,
        'settlement-to-decide': 7,
        'nil-year-to-decide': 7,
        'contract-end-to-decide': 5,
        'account-change-to-decide': 5,
      },
      document: '系统默认政策',
    },
  ],
});

export const INDUSTRY_POLICIES = policiesOf('industry', [CONTRACT_TERMS, DIVIDENDS, INDUSTRY_DEADLINES]);

/** Guards the place of the policies. */
export const { listPolicies: listIndustryPolicies } = INDUSTRY_POLICIES;

import type { Fen } from '@bangfu/domain/shared/money';
import { z } from 'zod';
import { amount, choice, group, money, policy, share } from '../core/policy.ts';
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

export const INDUSTRY_POLICIES = policiesOf('industry', [CONTRACT_TERMS, DIVIDENDS]);

/** Guards the place of the policies. */
export const { listPolicies: listIndustryPolicies } = INDUSTRY_POLICIES;

import { CONTRACT_TERMS, DIVIDENDS, INDUSTRY_DEADLINES } from '@bangfu/contracts/industry/policies';
import { dayOfInstant, type PolicyUses } from '@bangfu/platform/policy/verdicts';

/** Where this service keeps what it decided by its policies. */
export const POLICY_USES: PolicyUses = {
  [CONTRACT_TERMS.key]: [
    {
      table: 'contract',
      column: 'policy_id',
      day: dayOfInstant('t.signed_at'),
      where: "t.state = 'in-force'",
    },
  ],
  [DIVIDENDS.key]: [
    {
      table: 'declaration_notice',
      column: 'policy_id',
      day: dayOfInstant('t.opened_at'),
      where: 't.opened_at IS NOT NULL',
    },
    { table: 'dividend_correction', column: 'policy_id', day: dayOfInstant('t.made_at') },
    {
      table: 'dividend_correction',
      column: 'checked_policy_id',
      day: dayOfInstant('t.checked_at'),
      where: 't.checked_at IS NOT NULL',
    },
  ],
  [INDUSTRY_DEADLINES.key]: 'the day is said when work is listed, and kept nowhere',
};

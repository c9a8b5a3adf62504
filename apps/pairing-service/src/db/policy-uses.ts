import { PAIRING, PAIRING_DEADLINES } from '@bangfu/contracts/pairing/policies';
import { dayOfInstant, type PolicyUses } from '@bangfu/platform/policy/verdicts';

/** Where this service keeps what it decided by its policies. */
export const POLICY_USES: PolicyUses = {
  [PAIRING.key]: [
    {
      table: 'pairing_plan',
      column: 'policy_id',
      day: dayOfInstant('t.created_at'),
      where: 't.figures IS NOT NULL',
    },
    { table: 'visit', column: 'policy_id', day: dayOfInstant('t.received_at') },
  ],
  [PAIRING_DEADLINES.key]: 'the day is said when work is listed, and kept nowhere',
};

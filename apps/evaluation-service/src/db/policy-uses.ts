import { THRESHOLDS } from '@bangfu/contracts/evaluation/policies';
import type { PolicyUses } from '@bangfu/platform/policy/verdicts';

/** A frame is frozen on its day, and what is computed later is judged by the thresholds of that day. */
const FRAME_DAY = '(SELECT e.frame_date FROM evaluation AS e WHERE e.id = t.evaluation_id)';

/** Where this service keeps what it decided by its policies. */
export const POLICY_USES: PolicyUses = {
  [THRESHOLDS.key]: [
    { table: 'evaluation', column: 'policy_id', day: 't.frame_date', where: 't.thresholds IS NOT NULL' },
    { table: 'rate_result', column: 'policy_id', day: FRAME_DAY },
  ],
};

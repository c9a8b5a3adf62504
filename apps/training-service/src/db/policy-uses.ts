import { CERTIFICATES, LEARNERS, TRAINING_DEADLINES } from '@bangfu/contracts/training/policies';
import type { PolicyUses } from '@bangfu/platform/policy/verdicts';

/** Where this service keeps what it decided by its policies. */
export const POLICY_USES: PolicyUses = {
  [LEARNERS.key]: [{ table: 'enrolment', column: 'policy_id', day: 't.enrolled_on' }],
  [CERTIFICATES.key]: [{ table: 'certificate', column: 'policy_id', day: 't.issued_on' }],
  [TRAINING_DEADLINES.key]: 'the day is said when work is listed, and kept nowhere',
};

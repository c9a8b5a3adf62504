import { TRAINING_POLICIES } from '@bangfu/contracts/training/policies';
import { registerCopy } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { servePolicies } from '@bangfu/platform/policy/serve-policies';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { POLICY_USES } from './db/policy-uses.ts';
import { makeDemo } from './demo/demo.ts';
import attendance from './features/attendance/index.ts';
import certificates from './features/certificates/index.ts';
import classes from './features/classes/index.ts';
import courses from './features/courses/index.ts';
import coverage from './features/coverage/index.ts';
import enrolments from './features/enrolments/index.ts';
import overview from './features/overview/index.ts';
import providers from './features/providers/index.ts';
import satisfaction from './features/satisfaction/index.ts';
import trainees from './features/trainees/index.ts';
import { MESSAGES } from './messages.ts';
import { onHouseholdWithdrawn } from './reactions/household-withdrawn.ts';
import { REGION_COLUMNS } from './region-columns.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'provider' AS kind, id, name, note AS detail, active AS in_use FROM provider`;

/** Assembles training from its features. */
export function buildTraining(kit: ServiceKit): ServiceParts {
  const { router, jobs, reactions } = serveOperations(kit, [
    regionFollowing(REGION_COLUMNS),
    registerCopy,
    [onHouseholdWithdrawn],
    providers,
    courses,
    classes,
    enrolments,
    attendance,
    certificates,
    satisfaction,
    trainees,
    coverage,
    overview,
  ]);
  return {
    routers: [router],
    messages: MESSAGES,
    regions: REGION_COLUMNS,
    jobs,
    reactions,
    scopeChoices: SCOPE_CHOICES,
    policies: servePolicies(TRAINING_POLICIES, POLICY_USES),
    demo: (given) => makeDemo(kit, given),
  };
}

import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import { serveOperations } from '@bangfu/platform/operation/operation';
import type { ServiceKit, ServiceParts } from '@bangfu/platform/service';
import { withdrawnReactions } from './consumers/household-withdrawn.ts';
import { withClient } from './db/client.ts';
import { makeDemo } from './demo/demo.ts';
import { attendanceJobs, attendanceRoutes } from './features/attendance/index.ts';
import { certificateRoutes } from './features/certificates/index.ts';
import { classRoutes } from './features/classes/index.ts';
import courses from './features/courses/index.ts';
import { coverageRoutes } from './features/coverage/index.ts';
import { enrolmentRoutes } from './features/enrolments/index.ts';
import { overviewRoutes } from './features/overview/index.ts';
import { satisfactionRoutes } from './features/satisfaction/index.ts';
import { traineeRoutes } from './features/trainees/index.ts';
import providers from './features/providers/index.ts';
import { MESSAGES } from './messages.ts';

/** What grants can be bound to here. */
const SCOPE_CHOICES = `
  SELECT county_code, 'provider' AS kind, id, name, note AS detail, active AS in_use FROM provider`;

/** Assembles training from its features. */
export function buildTraining(kit: ServiceKit): ServiceParts {
  const service = withClient(kit);
  const moved = serveOperations(kit, [providers, courses]);
  return {
    routers: [
      moved.router,
      classRoutes(service),
      enrolmentRoutes(service),
      attendanceRoutes(service),
      certificateRoutes(service),
      satisfactionRoutes(service),
      traineeRoutes(service),
      coverageRoutes(service),
      overviewRoutes(service),
    ],
    messages: MESSAGES,
    jobs: { ...moved.jobs, ...attendanceJobs(service) },
    reactions: { ...HOUSEHOLD_COPY_REACTIONS, ...withdrawnReactions(service) },
    scopeChoices: SCOPE_CHOICES,
    demo: (given) => makeDemo(service, given),
    close: () => service.prisma.$disconnect(),
  };
}

import * as contract from '@bangfu/contracts/training/enrolments';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { enrolPerson } from './enrol-person/enrol-person.ts';
import { listOpenEnrolments } from './enrolment-steps.ts';
import { findLearners } from './find-learners/find-learners.query.ts';
import { recordResults } from './record-results/record-results.ts';
import { withdrawEnrolment } from './withdraw-enrolment/withdraw-enrolment.ts';

/** Who learns: search, enrolment, withdrawal, results. */
export function enrolmentRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.findLearners, (call) =>
    findLearners(service, call, call.params.classId, call.query.search),
  );
  route(router, service, contract.listEnrolments, (call) => listOpenEnrolments(service, call, call.params.classId));
  route(router, service, contract.enrolPerson, (call) => enrolPerson(service, call, call.params.classId, call.body));
  route(router, service, contract.withdrawEnrolment, (call) =>
    withdrawEnrolment(service, call, call.params.enrolmentId, call.body),
  );
  route(router, service, contract.recordResults, (call) =>
    recordResults(service, call, call.params.classId, call.body),
  );
  return router;
}

import {
  announceCases,
  approveCounty,
  approveTownship,
  getCase,
  listCases,
  openCases,
  recordAppraisal,
  recordSurvey,
  recordVerification,
  refuseCase,
  sendBackCase,
  submitApplication,
  withdrawCase,
} from '@bangfu/contracts/identification/cases';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { announceBatch } from './announce-cases/announce-cases.ts';
import { approveCases } from './approve-cases/approve-cases.ts';
import { speaking } from './case-words.ts';
import { refuse, sendBack, withdraw } from './correct-case/correct-case.ts';
import { readCase } from './get-case/get-case.query.ts';
import { findCases } from './list-cases/list-cases.query.ts';
import { openCaseFiles } from './open-cases/open-cases.ts';
import { appraiseCase } from './record-appraisal/record-appraisal.ts';
import { surveyHousehold } from './record-survey/record-survey.ts';
import { verifyCase } from './record-verification/record-verification.ts';
import { takeApplication } from './submit-application/submit-application.ts';

/** Cases of getting on the register: list, one case, and each step of the procedure. */
export function caseRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, listCases, ({ caller, query, now }) => findCases(service, caller, query, now));
  route(router, service, getCase, (call) => readCase(service, call, call.params.caseId));
  route(router, service, openCases, (call) => speaking(call.language, openCaseFiles(service, call, call.body)));
  route(router, service, recordSurvey, (call) =>
    speaking(call.language, surveyHousehold(service, call, call.params.caseId, call.body)),
  );
  route(router, service, submitApplication, (call) =>
    speaking(call.language, takeApplication(service, call, call.params.caseId, call.body)),
  );
  route(router, service, recordAppraisal, (call) =>
    speaking(call.language, appraiseCase(service, call, call.params.caseId, call.body)),
  );
  route(router, service, recordVerification, (call) =>
    speaking(call.language, verifyCase(service, call, call.params.caseId, call.body)),
  );
  route(router, service, approveTownship, (call) =>
    speaking(call.language, approveCases(service, call, 'township', call.body)),
  );
  route(router, service, approveCounty, (call) =>
    speaking(call.language, approveCases(service, call, 'county', call.body)),
  );
  route(router, service, announceCases, (call) => speaking(call.language, announceBatch(service, call, call.body)));
  route(router, service, sendBackCase, (call) =>
    speaking(call.language, sendBack(service, call, call.params.caseId, call.body)),
  );
  route(router, service, refuseCase, (call) =>
    speaking(call.language, refuse(service, call, call.params.caseId, call.body)),
  );
  route(router, service, withdrawCase, (call) =>
    speaking(call.language, withdraw(service, call, call.params.caseId, call.body)),
  );
  return router;
}

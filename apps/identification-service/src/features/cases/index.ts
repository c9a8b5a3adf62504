import * as photos from '@bangfu/contracts/identification/case-photos';
import * as contract from '@bangfu/contracts/identification/cases';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { announceCases } from './announce-cases/announce-cases.ts';
import { approveCounty, approveTownship } from './approve-cases/approve-cases.ts';
import { speaking } from './case-words.ts';
import { refuseCase, sendBackCase, withdrawCase } from './correct-case/correct-case.ts';
import { getCase } from './get-case/get-case.query.ts';
import { getCasePhoto } from './get-case-photo/get-case-photo.ts';
import { listCases } from './list-cases/list-cases.query.ts';
import { openCases } from './open-cases/open-cases.ts';
import { recordAppraisal } from './record-appraisal/record-appraisal.ts';
import { recordSurvey } from './record-survey/record-survey.ts';
import { recordVerification } from './record-verification/record-verification.ts';
import { submitApplication } from './submit-application/submit-application.ts';
import { uploadCasePhoto } from './upload-case-photo/upload-case-photo.ts';

/** Cases of getting on the register: list, one case, and each step of the procedure. */
export function caseRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, contract.listCases, ({ caller, query, now }) => listCases(service, caller, query, now));
  route(router, service, contract.getCase, (call) => getCase(service, call, call.params.caseId));
  route(router, service, contract.openCases, (call) => speaking(call.language, openCases(service, call, call.body)));
  route(router, service, contract.recordSurvey, (call) =>
    speaking(call.language, recordSurvey(service, call, call.params.caseId, call.body)),
  );
  route(router, service, contract.submitApplication, (call) =>
    speaking(call.language, submitApplication(service, call, call.params.caseId, call.body)),
  );
  route(router, service, photos.uploadCasePhoto, (call) => uploadCasePhoto(service, call, call.upload));
  route(router, service, photos.getCasePhoto, async ({ caller, params, response }) => {
    await getCasePhoto(service, caller, params, response);
    return undefined;
  });
  route(router, service, contract.recordAppraisal, (call) =>
    speaking(call.language, recordAppraisal(service, call, call.params.caseId, call.body)),
  );
  route(router, service, contract.recordVerification, (call) =>
    speaking(call.language, recordVerification(service, call, call.params.caseId, call.body)),
  );
  route(router, service, contract.approveTownship, (call) =>
    speaking(call.language, approveTownship(service, call, call.body)),
  );
  route(router, service, contract.approveCounty, (call) =>
    speaking(call.language, approveCounty(service, call, call.body)),
  );
  route(router, service, contract.announceCases, (call) =>
    speaking(call.language, announceCases(service, call, call.body)),
  );
  route(router, service, contract.sendBackCase, (call) =>
    speaking(call.language, sendBackCase(service, call, call.params.caseId, call.body)),
  );
  route(router, service, contract.refuseCase, (call) =>
    speaking(call.language, refuseCase(service, call, call.params.caseId, call.body)),
  );
  route(router, service, contract.withdrawCase, (call) =>
    speaking(call.language, withdrawCase(service, call, call.params.caseId, call.body)),
  );
  return router;
}

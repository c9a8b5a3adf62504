import { announceCases } from './announce-cases/announce-cases.ts';
import { approveCounty } from './approve-county/approve-county.ts';
import { approveTownship } from './approve-township/approve-township.ts';
import { getCase } from './get-case/get-case.ts';
import { getCasePhoto } from './get-case-photo/get-case-photo.ts';
import { listCases } from './list-cases/list-cases.ts';
import { openCases } from './open-cases/open-cases.ts';
import { recordAppraisal } from './record-appraisal/record-appraisal.ts';
import { recordSurvey } from './record-survey/record-survey.ts';
import { recordVerification } from './record-verification/record-verification.ts';
import { refuseCase } from './refuse-case/refuse-case.ts';
import { sendBackCase } from './send-back-case/send-back-case.ts';
import { submitApplication } from './submit-application/submit-application.ts';
import { uploadCasePhoto } from './upload-case-photo/upload-case-photo.ts';
import { withdrawCase } from './withdraw-case/withdraw-case.ts';

/** Cases of getting on the register: list, one case, and each step of the procedure. */
export default [
  listCases,
  getCase,
  openCases,
  recordSurvey,
  submitApplication,
  uploadCasePhoto,
  getCasePhoto,
  recordAppraisal,
  recordVerification,
  approveTownship,
  approveCounty,
  announceCases,
  sendBackCase,
  refuseCase,
  withdrawCase,
];

import { z } from 'zod';
import { Day } from './common.ts';
import type { ServiceName } from './operation.ts';

/** What a kind of waiting work is: the act it waits for, and where in its service's front end that act is done. */
interface WorkKindData {
  readonly service: ServiceName;
  /** The operation behind the button, by its id: who may not call it has no such work. */
  readonly act: string;
  /** The operation that the page reads. */
  readonly reads: string;
  /** The page of the front end, as its routes write it. */
  readonly page: string;
}

const inService = <Kinds extends Readonly<Record<string, readonly [act: string, reads: string, page: string]>>>(
  service: ServiceName,
  kinds: Kinds,
) =>
  Object.fromEntries(
    Object.entries(kinds).map(([kind, [act, reads, page]]) => [kind, { service, act, reads, page }]),
  ) as Readonly<Record<keyof Kinds & string, WorkKindData>>;

const CASE = ['getCase', 'cases/:caseId'] as const;
const DECLARATION = ['getDeclaration', 'declarations/:declarationId'] as const;
const EVALUATION = ['getEvaluation', 'evaluations/:evaluationId'] as const;
const CLASS = ['getClass', 'classes/:classId'] as const;

/** Every kind of work that any service lists. */
export const WORK_KINDS = {
  ...inService('identification', {
    'import-to-commit': ['commitImport', 'getImport', 'imports/:importId'],
    'case-survey': ['recordSurvey', ...CASE],
    'case-application': ['submitApplication', ...CASE],
    'case-appraisal': ['recordAppraisal', ...CASE],
    'case-village-notice': ['openNotice', ...CASE],
    'case-verification': ['recordVerification', ...CASE],
    'case-township-notice': ['openNotice', ...CASE],
    'case-township-approval': ['approveTownship', ...CASE],
    'case-county-approval': ['approveCounty', ...CASE],
    'case-announcement': ['announceCases', ...CASE],
  }),
  ...inService('pairing', {
    'visit-due': ['makeVisit', 'getPairing', 'visits/new'],
    'plan-to-approve': ['approvePlan', 'getPlan', 'plans/:planId'],
    'plan-to-apply': ['applyPlan', 'getPlan', 'plans/:planId'],
    'households-without-helper': ['assignHelper', 'listPairings', 'pairings'],
  }),
  ...inService('industry', {
    'dividend-to-declare': ['declareDividend', 'listContracts', 'declarations/new'],
    'dividend-to-submit': ['submitDeclaration', ...DECLARATION],
    'dividend-to-check': ['checkDeclaration', ...DECLARATION],
    'dividend-to-post': ['openDividendNotice', ...DECLARATION],
    'objection-to-answer': ['answerDividendObjection', ...DECLARATION],
    'notice-to-close': ['closeDividendNotice', ...DECLARATION],
    'dividend-to-pay': ['createPaymentBatch', ...DECLARATION],
    'receipt-to-import': ['uploadBankReceipt', 'getPaymentBatch', 'payments/:batchId'],
    'batch-cancel-to-decide': ['decideBatchCancel', 'getPaymentBatch', 'payments/:batchId'],
    'dividend-to-close': ['closeDeclaration', ...DECLARATION],
    'correction-to-decide': ['decideCorrection', ...DECLARATION],
    'receipt-differs': ['proposeCorrection', ...DECLARATION],
    'claim-to-settle': ['proposeSettlement', 'getClaim', 'claims/:claimId'],
    'settlement-to-decide': ['decideSettlement', 'getClaim', 'claims/:claimId'],
    'nil-year-to-decide': ['decideNilYear', 'getContract', 'contracts/:contractId'],
    'contract-end-to-decide': ['decideContractEnd', 'getContract', 'contracts/:contractId'],
    'account-change-to-decide': ['decideAccountChange', 'getContract', 'contracts/:contractId'],
  }),
  ...inService('training', {
    'attendance-to-record': ['recordAttendance', 'getAttendance', 'attendance/:sessionId'],
    'results-to-record': ['recordResults', ...CLASS],
    'certificates-to-issue': ['issueCertificates', ...CLASS],
    'class-to-fill': ['enrolPerson', ...CLASS],
  }),
  ...inService('evaluation', {
    'frame-to-freeze': ['freezeFrame', ...EVALUATION],
    'seed-to-publish': ['publishSeed', ...EVALUATION],
    'sample-to-draw': ['drawEvaluationSample', ...EVALUATION],
    'sample-to-visit': ['downloadSurveyWorkbook', 'listEvaluations', 'desk'],
    'returns-to-import': ['uploadReturns', ...EVALUATION],
    'rates-to-compute': ['computeEvaluationRates', ...EVALUATION],
  }),
};
export type WorkKind = keyof typeof WORK_KINDS;
const kinds = Object.keys(WORK_KINDS) as [WorkKind, ...WorkKind[]];

/** Something that waits for the caller: he may do its act on what the link leads to, until the day it is due. */
export const WorkItem = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  title: z.string(),
  detail: z.string(),
  /** The last day for it, by the policy. */
  due: Day,
  overdue: z.boolean(),
  link: z.string(),
});
export type WorkItem = z.output<typeof WorkItem>;

/** The list of work of one service; `total` counts the items, listed or not. */
export const WorkList = z.object({ items: z.array(WorkItem), total: z.int().min(0) });

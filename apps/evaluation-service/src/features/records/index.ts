import { verifyEvaluationRecords } from './verify-evaluation-records/verify-evaluation-records.ts';

/** The verification of all frozen and sealed records. */
export default [verifyEvaluationRecords];

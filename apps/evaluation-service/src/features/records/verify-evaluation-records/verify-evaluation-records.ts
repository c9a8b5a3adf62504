import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { query } from '../../../operations.ts';
import { verifyRecords } from '../verify-records.ts';

/** Hashes every frame, sample and file of returns again and names what no longer agrees. */
export const verifyEvaluationRecords = query(contract.verifyEvaluationRecords, ({ kit }) => verifyRecords(kit));

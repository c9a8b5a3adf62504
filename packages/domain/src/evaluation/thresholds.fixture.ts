import type { RateThresholds } from './thresholds.ts';

/** Below 2 % each, approval of 90 %, four fifths of the sample and 30 households interviewed. */
export const THRESHOLDS: RateThresholds = {
  compositeBp: 200,
  wrongExitBp: 200,
  missedBp: 200,
  approvalBp: 9000,
  minInterviewedBp: 8000,
  minHouseholds: 30,
};

/** Those of the western provinces. */
export const WESTERN: RateThresholds = { ...THRESHOLDS, compositeBp: 300 };

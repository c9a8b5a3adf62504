import { fen } from '../../shared/money.ts';
import { businessDay } from '../../shared/time.ts';
import type { CasePolicy, QualityPolicy, Ratio } from './policy.ts';

const REGISTRATION_DAYS = {
  survey: 15,
  application: 10,
  appraisal: 15,
  'village-notice': 3,
  verification: 10,
  'township-notice': 3,
  'township-approval': 5,
  'county-approval': 10,
  announcement: 5,
} as const;

const TWO_THIRDS: Ratio = { of: 2, outOf: 3 };

/** Meetings, notices and deadlines as they are shipped. */
export const CASES: CasePolicy = {
  openedWithinDays: { usual: 92, most: 366 },
  noticeFullDays: {
    registration: { village: 7, township: 7 },
    return: { village: 7, township: 7 },
    exit: { village: 7, township: 7 },
    monitoring: { village: 5, township: 5 },
    clearing: { village: 5, township: 5 },
  },
  procedureDays: { monitoring: 15 },
  stepDays: {
    registration: REGISTRATION_DAYS,
    return: REGISTRATION_DAYS,
    exit: {
      appraisal: 15,
      'county-pre-exit': 10,
      'intensified-help': 90,
      verification: 15,
      acceptance: 10,
      'village-notice': 3,
      'township-approval': 5,
      'county-approval': 10,
      certificate: 15,
    },
    monitoring: {
      application: 2,
      verification: 3,
      appraisal: 2,
      'village-notice': 1,
      'township-approval': 2,
      'county-approval': 2,
    },
    clearing: {
      verification: 10,
      appraisal: 15,
      acceptance: 10,
      'village-notice': 3,
      'township-approval': 5,
      'county-approval': 10,
    },
  },
  noticeCloseDays: 3,
  objectionAnswerDays: 7,
  quorum: TWO_THIRDS,
  majority: TWO_THIRDS,
};

/** Thresholds of the data-quality rules as they are shipped. */
export const QUALITY: QualityPolicy = {
  oldestAge: 120,
  parentYears: 14,
  grandparentYears: 28,
  primarySchoolAge: { from: 6, to: 14 },
  compulsorySchoolAge: { from: 6, to: 15 },
  schoolLeaverAge: { from: 16, to: 22 },
  masterAge: 20,
  workingAge: 16,
  adultAge: 18,
  oldAge: 60,
  welfarePostAgeLimit: 70,
  welfarePostsTooMany: 3,
  farmlandMaxMu: 100,
  woodlandMaxMu: 200,
  wageFloorFen: fen(10_000),
  recognitionIncomeMaxFen: fen(2_000_000),
  recognitionIncomeSince: businessDay('2023-01-01'),
  incomeChangePercent: 50,
  visitEveryDays: 31,
  visitOverdueDays: 7,
};

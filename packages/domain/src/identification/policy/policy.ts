import { demand } from '../../shared/errors.ts';
import { type Fen, fen } from '../../shared/money.ts';
import { type BusinessDay, businessDay } from '../../shared/time.ts';
import { DEFAULT_LINES, type PolicyLine } from './lines.ts';

/** The procedures a case can be (features I7). */
export const CASE_KINDS = ['registration', 'exit', 'return', 'monitoring', 'clearing'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** A share written exactly, two thirds as 2 of 3, so that votes are compared without binary fractions. */
export interface Ratio {
  readonly of: number;
  readonly outOf: number;
}

/** Meetings, notices and deadlines of the procedures (domain §4, §5). */
export interface CasePolicy {
  /** Full calendar days each notice stays open, by procedure and level. */
  readonly noticeFullDays: Readonly<Record<CaseKind, { readonly village: number; readonly township: number }>>;
  /** How many days ago a case may have been opened: commonly, which is asked beyond, and at most. */
  readonly openedWithinDays: { readonly usual: number; readonly most: number };
  /** Calendar days from the start (for monitoring: from the day the clue was found) to the last approval. */
  readonly procedureDays: Readonly<Partial<Record<CaseKind, number>>>;
  /**
   * Calendar days within which each step is done, by its id, from the day it became due; a notice is put up within
   * them, the days it stays open not counted.
   */
  readonly stepDays: Readonly<Record<CaseKind, Readonly<Record<string, number>>>>;
  /** Days to take a notice down, from the first day on which it may be. */
  readonly noticeCloseDays: number;
  /** Days to answer an objection in writing. */
  readonly objectionAnswerDays: number;
  /** Share of the entitled who must be present at an appraisal. */
  readonly quorum: Ratio;
  /** Share of those present and voting on it who must be in favour. */
  readonly majority: Ratio;
}

/** Thresholds of the data-quality rules (data-quality-rules.md). */
export interface QualityPolicy {
  readonly oldestAge: number;
  readonly parentYears: number;
  readonly grandparentYears: number;
  readonly primarySchoolAge: readonly [from: number, to: number];
  readonly compulsorySchoolAge: readonly [from: number, to: number];
  readonly schoolLeaverAge: readonly [from: number, to: number];
  readonly masterAge: number;
  readonly workingAge: number;
  readonly adultAge: number;
  readonly oldAge: number;
  readonly welfarePostAgeLimit: number;
  readonly welfarePostsTooMany: number;
  readonly farmlandMaxMu: number;
  readonly woodlandMaxMu: number;
  readonly wageFloorFen: Fen;
  readonly recognitionIncomeMaxFen: Fen;
  readonly recognitionIncomeSince: BusinessDay;
  /** Change of per-capita income against last year that needs an explanation, in per cent. */
  readonly incomeChangePercent: number;
  /** A poor household is visited at least every so many days, and a visit late by more than the grace is reported. */
  readonly visitEveryDays: number;
  readonly visitOverdueDays: number;
}

/** Everything a county decides by document, from a day on. Rules take it as an argument and know no figure of their own. */
export interface IdentificationPolicy {
  readonly effectiveFrom: BusinessDay;
  readonly document: string;
  readonly lines: readonly PolicyLine[];
  readonly cases: CasePolicy;
  readonly quality: QualityPolicy;
}

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

/** The policy the product is shipped with. */
export const DEFAULT_POLICY: IdentificationPolicy = {
  effectiveFrom: businessDay('2010-01-01'),
  document: '系统默认政策',
  lines: DEFAULT_LINES,
  cases: {
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
  },
  quality: {
    oldestAge: 120,
    parentYears: 14,
    grandparentYears: 28,
    primarySchoolAge: [6, 14],
    compulsorySchoolAge: [6, 15],
    schoolLeaverAge: [16, 22],
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
  },
};

/** The version in force on a day: the one with the latest `effectiveFrom` not after it. @throws POLICY_NONE before the first. */
export function policyOn(versions: readonly IdentificationPolicy[], day: BusinessDay): IdentificationPolicy {
  let found: IdentificationPolicy | undefined;
  for (const version of versions) {
    if (version.effectiveFrom <= day && (!found || version.effectiveFrom > found.effectiveFrom)) found = version;
  }
  demand(found, 'POLICY_NONE', { day });
  return found;
}

/** Whether `part` of `whole` reaches the share. Nothing of nothing does not. */
export function reaches(part: number, whole: number, share: Ratio): boolean {
  return whole > 0 && part * share.outOf >= whole * share.of;
}

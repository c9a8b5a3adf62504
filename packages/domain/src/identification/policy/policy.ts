import type { Fen } from '../../shared/money.ts';
import type { BusinessDay } from '../../shared/time.ts';

/** The procedures a case can be (features I7). */
export const CASE_KINDS = ['registration', 'exit', 'return', 'monitoring', 'clearing'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Whether a procedure asks if a household is poor, so that its income is held against the poverty line. */
export const asksForLine = (kind: CaseKind): boolean => kind === 'registration' || kind === 'return';

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

/** Ages from one to another, both included. */
interface AgeSpan {
  readonly from: number;
  readonly to: number;
}

/** Thresholds of the data-quality rules (data-quality-rules.md). */
export interface QualityPolicy {
  readonly oldestAge: number;
  readonly parentYears: number;
  readonly grandparentYears: number;
  readonly primarySchoolAge: AgeSpan;
  readonly compulsorySchoolAge: AgeSpan;
  readonly schoolLeaverAge: AgeSpan;
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

/** Whether `part` of `whole` reaches the share. Nothing of nothing does not. */
export function reaches(part: number, whole: number, share: Ratio): boolean {
  return whole > 0 && part * share.outOf >= whole * share.of;
}

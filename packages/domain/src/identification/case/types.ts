import type { HouseholdId } from '../../shared/id.ts';
import type { Role } from '../../shared/roles.ts';
import type { BusinessDay } from '../../shared/time.ts';
import type { NoticeClock } from '../notice/clock.ts';
import type { Cause, HouseholdCategory } from '../roster/dictionaries.ts';
import type { CaseKind } from '../policy/policy.ts';
import type { Duty, StepId } from './steps.ts';

/** Who signs. The public has no account: objections come with a reference of their own. */
export interface Actor {
  readonly accountId: string;
  readonly role: Role | 'public';
}

/** An appraisal meeting as its minutes tell it. */
export interface Appraisal {
  readonly heldOn: BusinessDay;
  /** Representatives entitled to take part, and those present (the recused among them). */
  readonly entitled: number;
  readonly present: number;
  readonly inFavour: number;
  readonly against: number;
  readonly abstained: number;
  /** Relatives of the household who were present and did not vote (回避). */
  readonly recused: number;
  /** Content hash of the minutes, and of the photos. */
  readonly minutes: string;
  readonly photos: readonly string[];
}

/** What stands against an approval on the day of the command; counted by the caller. */
export interface Impediments {
  readonly openDoubts: number;
  readonly qualityErrors: number;
  readonly unexplainedWarnings: number;
}

type Signed<T> = T & { readonly by: Actor };

export type CaseCommand = Signed<
  | {
      readonly type: 'openCase';
      readonly caseId: string;
      readonly kind: CaseKind;
      readonly householdId: HouseholdId;
      /** The day of mobilisation or pre-selection; for monitoring the day the clue was found. */
      readonly on: BusinessDay;
      /** Said by who was asked about a day long ago. */
      readonly isSureOfDays?: boolean;
    }
  | { readonly type: 'recordSurvey'; readonly on: BusinessDay }
  | { readonly type: 'submitApplication'; readonly on: BusinessDay; readonly authorised: boolean }
  | { readonly type: 'recordAppraisal'; readonly appraisal: Appraisal }
  | { readonly type: 'openNotice'; readonly contentHash: string }
  | { readonly type: 'fileObjection'; readonly objectionId: string }
  | {
      readonly type: 'answerObjection';
      readonly objectionId: string;
      readonly outcome: 'upheld' | 'dismissed';
      readonly answer: string;
    }
  | { readonly type: 'closeNotice' }
  | {
      readonly type: 'recordVerification';
      readonly on: BusinessDay;
      readonly qualifies: boolean;
      readonly openDoubts: number;
      readonly classification?: Classification;
    }
  | { readonly type: 'approvePreExit' }
  | { readonly type: 'recordHelp'; readonly on: BusinessDay }
  | {
      readonly type: 'recordAcceptance';
      readonly on: BusinessDay;
      readonly accepted: boolean;
      readonly signature: string;
    }
  | { readonly type: 'approveTownship'; readonly impediments: Impediments }
  | { readonly type: 'approveCounty'; readonly impediments: Impediments }
  | { readonly type: 'announce'; readonly on: BusinessDay; readonly documentNumber: string }
  | { readonly type: 'refuse'; readonly reason: string }
  | { readonly type: 'sendBack'; readonly toStep: StepId; readonly reason: string }
  | { readonly type: 'withdraw'; readonly reason: string }
>;

/** What a verification found the household to be; the register takes it over when the case is announced. */
export interface Classification {
  readonly category?: HouseholdCategory;
  readonly mainCause?: Cause;
}

/** Every event is dated to the instant it was recorded, signed, and names its step. */
interface Entry {
  readonly at: string;
  readonly by: Actor;
  readonly step: StepId;
}

/** A completed step; `on` is the day the thing itself happened. */
interface Completion extends Entry {
  readonly on: BusinessDay;
  readonly duty: Duty;
}

export type CaseEvent =
  | (Completion & {
      readonly type: 'caseOpened';
      readonly caseId: string;
      readonly kind: CaseKind;
      readonly householdId: HouseholdId;
      readonly deadline: BusinessDay | null;
    })
  | (Completion & { readonly type: 'surveyRecorded' })
  | (Completion & { readonly type: 'applicationSubmitted' })
  | (Completion & { readonly type: 'appraisalRecorded'; readonly accepted: boolean; readonly appraisal: Appraisal })
  | (Entry & {
      readonly type: 'noticeOpened';
      readonly duty: Duty;
      readonly contentHash: string;
      readonly fullDays: number;
    })
  | (Entry & { readonly type: 'objectionFiled'; readonly objectionId: string })
  | (Entry & {
      readonly type: 'objectionAnswered';
      readonly duty: Duty;
      readonly objectionId: string;
      readonly outcome: 'upheld' | 'dismissed';
      readonly answer: string;
    })
  | (Completion & { readonly type: 'noticeClosed' })
  | (Completion & {
      readonly type: 'verificationRecorded';
      readonly qualifies: boolean;
      readonly classification?: Classification;
    })
  | (Completion & { readonly type: 'preExitApproved' })
  | (Completion & { readonly type: 'helpRecorded' })
  | (Completion & { readonly type: 'acceptanceRecorded'; readonly accepted: boolean; readonly signature: string })
  | (Completion & { readonly type: 'townshipApproved' })
  | (Completion & { readonly type: 'countyApproved' })
  | (Completion & { readonly type: 'announced'; readonly documentNumber: string })
  | (Entry & { readonly type: 'refused'; readonly duty: Duty; readonly reason: string })
  | (Entry & { readonly type: 'sentBack'; readonly toStep: StepId; readonly reason: string })
  | (Entry & { readonly type: 'withdrawn'; readonly reason: string });

export interface OpenNotice {
  readonly clock: NoticeClock;
  readonly contentHash: string;
  /** Objections not answered yet. */
  readonly openObjections: readonly string[];
}

export type CaseStatus = 'open' | 'completed' | 'refused' | 'withdrawn';

export interface CaseState {
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly householdId: HouseholdId;
  readonly status: CaseStatus;
  /** Last day of the procedure where the policy sets one. Lateness is shown, never a reason to refuse help. */
  readonly deadline: BusinessDay | null;
  /** ISO instant since which the current step is due: when the step before it was recorded, or the case sent back. */
  readonly since: string;
  /**
   * Accounts that brought the household's data into the register, by import or entry. The register knows them, not the
   * history: whoever loads a case fills them in.
   */
  readonly enteredBy: readonly string[];
  /** Steps still to do, the current one first. */
  readonly pending: readonly StepId[];
  /** The day each completed step happened. */
  readonly doneOn: Readonly<Partial<Record<StepId, BusinessDay>>>;
  readonly notice: OpenNotice | null;
  /** Of the last verification. */
  readonly classification?: Classification;
  /** Objections already filed against any notice of the case; an id is used once. */
  readonly objections: readonly string[];
  readonly duties: Readonly<Record<Duty, readonly string[]>>;
  /** Everything that happened, in order; nothing is ever taken out. */
  readonly history: readonly CaseEvent[];
}

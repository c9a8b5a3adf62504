import type { Role } from '../../shared/roles.ts';
import { type BusinessDay, businessDayOf } from '../../shared/time.ts';
import { closableFrom, remaining } from '../notice/clock.ts';
import type { CasePolicy } from '../policy/policy.ts';
import { type CasePolicyOf, dueDay, overdueDays } from './deadline.ts';
import { accountsKeptFrom } from './duties.ts';
import { currentStep } from './evolve.ts';
import type { Act, StepId } from './steps.ts';
import type { CaseState } from './types.ts';

/** One thing the next step still wants. Texts in identification/messages under the same code. */
export type Need =
  | 'NEED_SURVEY'
  | 'NEED_APPLICATION'
  | 'NEED_APPRAISAL'
  | 'NEED_NOTICE_OPEN'
  | 'NEED_NOTICE_TIME'
  | 'NEED_NOTICE_CLOSE'
  | 'NEED_OBJECTION_ANSWER'
  | 'NEED_VERIFICATION'
  | 'NEED_PRE_EXIT'
  | 'NEED_HELP'
  | 'NEED_ACCEPTANCE'
  | 'NEED_TOWNSHIP_APPROVAL'
  | 'NEED_COUNTY_APPROVAL'
  | 'NEED_ANNOUNCEMENT';

export interface Missing {
  readonly step: StepId;
  /** Number of the official step. */
  readonly official: number;
  readonly need: Need;
  /** Figures for the text: days and hours left of a notice, objections open, full days the notice will take. */
  readonly params: Readonly<Record<string, number>>;
  readonly roles: readonly Role[];
  /** Accounts that hold another duty in this case and may not do it. */
  readonly excluded: readonly string[];
  /** The first instant from now on at which it can be done; null while an unanswered objection stops the case. */
  readonly earliest: Date | null;
  /** The last day for it. */
  readonly deadline: BusinessDay;
  /** Days past the deadline. */
  readonly overdueDays: number;
}

const NEEDS: Readonly<Record<Exclude<Act, 'opening' | 'notice'>, Need>> = {
  survey: 'NEED_SURVEY',
  application: 'NEED_APPLICATION',
  appraisal: 'NEED_APPRAISAL',
  verification: 'NEED_VERIFICATION',
  'pre-exit': 'NEED_PRE_EXIT',
  help: 'NEED_HELP',
  acceptance: 'NEED_ACCEPTANCE',
  'township-approval': 'NEED_TOWNSHIP_APPROVAL',
  'county-approval': 'NEED_COUNTY_APPROVAL',
  announcement: 'NEED_ANNOUNCEMENT',
};

type Wanted = Pick<Missing, 'need' | 'params' | 'earliest'>;

const wantedOfNotice = (state: CaseState, level: 'village' | 'township', now: Date, policy: CasePolicy): Wanted => {
  if (!state.notice) {
    return { need: 'NEED_NOTICE_OPEN', params: { days: policy.noticeFullDays[state.kind][level] }, earliest: now };
  }
  const { clock, openObjections } = state.notice;
  const left = remaining(clock, now);
  const earliest = closableFrom(clock);
  if (!earliest) return { need: 'NEED_OBJECTION_ANSWER', params: { count: openObjections.length, ...left }, earliest };
  if (now < earliest) return { need: 'NEED_NOTICE_TIME', params: left, earliest };
  return { need: 'NEED_NOTICE_CLOSE', params: left, earliest: now };
};

/** What the case waits for, who can do it, from when and until when. @returns null when it has ended. */
export function missingFor(state: CaseState, now: Date, policyOf: CasePolicyOf): Missing | null {
  const step = currentStep(state);
  const deadline = dueDay(state, policyOf);
  if (!step || step.act === 'opening' || !deadline) return null;
  const policy = policyOf(businessDayOf(now));
  const wanted: Wanted =
    step.act === 'notice'
      ? wantedOfNotice(state, step.level === 'township' ? 'township' : 'village', now, policy)
      : { need: NEEDS[step.act], params: {}, earliest: now };
  return {
    step: step.id,
    official: step.official,
    ...wanted,
    roles: step.roles,
    excluded: accountsKeptFrom(state, step.duty),
    deadline,
    overdueDays: overdueDays(deadline, businessDayOf(now)),
  };
}

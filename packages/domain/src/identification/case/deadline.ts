import { addDays, type BusinessDay, businessDayOf, daysBetween } from '../../shared/time.ts';
import { closableFrom } from '../notice/clock.ts';
import type { CasePolicy } from '../policy/policy.ts';
import { currentStep } from './evolve.ts';
import type { CaseState } from './types.ts';

/** The procedures' policy in force on a day. */
export type CasePolicyOf = (day: BusinessDay) => CasePolicy;

const dayOf = (instant: string): BusinessDay => businessDayOf(new Date(instant));

/** The last day of what a notice waits for: the answer to an objection, or being taken down. */
function noticeDueDay(notice: NonNullable<CaseState['notice']>, policyOf: CasePolicyOf): BusinessDay {
  const earliest = closableFrom(notice.clock);
  if (earliest) {
    const day = businessDayOf(earliest);
    return addDays(day, policyOf(dayOf(notice.clock.openedAt)).noticeCloseDays);
  }
  const filed = dayOf(notice.clock.stops.at(-1)?.from ?? notice.clock.openedAt);
  return addDays(filed, policyOf(filed).objectionAnswerDays);
}

/**
 * The last day for what a case waits for (calendar days, Asia/Shanghai): the days of its step by the policy in force
 * when the step became due, and never later than the last day of the procedure. Lateness is shown and refuses nothing.
 * @returns null when the case has ended. @throws RangeError when the policy knows no days for the step
 */
export function dueDay(state: CaseState, policyOf: CasePolicyOf): BusinessDay | null {
  const step = currentStep(state);
  if (!step) return null;
  const since = dayOf(state.since);
  const days = policyOf(since).stepDays[state.kind][step.id];
  if (days === undefined) throw new RangeError(`the policy sets no days for ${state.kind} ${step.id}`);
  const due = state.notice ? noticeDueDay(state.notice, policyOf) : addDays(since, days);
  return state.deadline && state.deadline < due ? state.deadline : due;
}

/** Whole days a deadline is over on a day; 0 until it has passed. */
export function overdueDays(due: BusinessDay, today: BusinessDay): number {
  return Math.max(0, daysBetween(due, today));
}

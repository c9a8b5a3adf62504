import { addDays, type BusinessDay, businessDayOf, daysBetween } from '../shared/time.ts';
import { workDue } from '../shared/work-policy.ts';
import type { IndustryPolicy } from './contract.ts';
import type { Declaration, NoticeVillage } from './declaration.ts';
import { declarationClock } from './declaration-notice.ts';
import type { IndustryWork } from './deadlines.ts';

/** What can be late about a dividend, in the order of its way, and who then must act is said in its words. */
export const LATE_CODES = [
  'DECLARATION_OVERDUE',
  'CHECK_OVERDUE',
  'POSTING_OVERDUE',
  'OBJECTION_OVERDUE',
  'NOTICE_OVERDUE',
  'PAYMENT_OVERDUE',
  'CLOSING_OVERDUE',
] as const;
export type LateCode = (typeof LATE_CODES)[number];

/** An alarm about something that should have been done by a day. */
export interface LateAlarm {
  readonly code: LateCode;
  readonly dueOn: BusinessDay;
  readonly days: number;
  /** The villages it is about; none when it is about the declaration as a whole. */
  readonly villages: readonly NoticeVillage[];
}

/** What the alarms look at beside the declaration. */
export interface LateFacts {
  readonly submittedAt: Date | null;
  readonly checkedAt: Date | null;
  /** Whether anything of it is still to be paid, decided or looked into. */
  readonly isSettled: boolean;
}

const dueBy = ({ deadlines }: IndustryPolicy, kind: IndustryWork, since: Date) =>
  workDue(deadlines, kind, businessDayOf(since));

/** The day by which a village's notice is to be posted, its objections answered, or it is to be closed; null = none waits. */
function villageDue(
  village: NoticeVillage,
  checkedAt: Date | null,
  policy: IndustryPolicy,
  now: Date,
): { code: LateCode; dueOn: BusinessDay } | null {
  const { notice } = village;
  if (!notice) return checkedAt && { code: 'POSTING_OVERDUE', dueOn: dueBy(policy, 'dividend-to-post', checkedAt) };
  if (notice.closedAt) return null;
  const waiting = notice.objections.filter(({ answeredAt }) => !answeredAt).map(({ raisedAt }) => raisedAt);
  const [first] = waiting.toSorted((a, b) => a.getTime() - b.getTime());
  if (first) return { code: 'OBJECTION_OVERDUE', dueOn: dueBy(policy, 'objection-to-answer', first) };
  const { closableFrom } = declarationClock(notice);
  if (!closableFrom || closableFrom > now) return null;
  return { code: 'NOTICE_OVERDUE', dueOn: dueBy(policy, 'notice-to-close', closableFrom) };
}

function dues(
  declaration: Declaration,
  facts: LateFacts,
  policy: IndustryPolicy,
  now: Date,
): { code: LateCode; dueOn: BusinessDay; village?: NoticeVillage }[] {
  const { status, periodEnd, villages } = declaration;
  switch (status) {
    case 'drafted':
      return [{ code: 'DECLARATION_OVERDUE', dueOn: addDays(periodEnd, policy.declareWithinDays) }];
    case 'submitted':
      return facts.submittedAt
        ? [{ code: 'CHECK_OVERDUE', dueOn: dueBy(policy, 'dividend-to-check', facts.submittedAt) }]
        : [];
    case 'checked':
    case 'on-notice':
      return villages.flatMap((village) => {
        const due = villageDue(village, facts.checkedAt, policy, now);
        return due ? [{ ...due, village }] : [];
      });
    case 'noticed':
    case 'in-payment': {
      const closed = villages.flatMap(({ notice }) => notice?.closedAt ?? []);
      const last = closed.toSorted((a, b) => b.getTime() - a.getTime())[0];
      if (!last) return [];
      const payBy = addDays(businessDayOf(last), policy.payWithinDays);
      if (!facts.isSettled) return [{ code: 'PAYMENT_OVERDUE', dueOn: payBy }];
      return [{ code: 'CLOSING_OVERDUE', dueOn: workDue(policy.deadlines, 'dividend-to-close', payBy) }];
    }
    case 'closed':
    case 'discarded':
      return [];
    default:
      return status satisfies never;
  }
}

/**
 * The alarms to those who must act, and to township and county, about a declaration in any of its states: not submitted,
 * not checked, not posted in a village, an objection not answered, a notice not closed, not paid, not closed. The days
 * are those of the county's policies. One alarm of a kind, with the
 * villages it is about and the days of the latest.
 */
export function lateAlarms(declaration: Declaration, facts: LateFacts, policy: IndustryPolicy, now: Date): LateAlarm[] {
  const today = businessDayOf(now);
  const late = dues(declaration, facts, policy, now).filter(({ dueOn }) => dueOn < today);
  return LATE_CODES.flatMap((code) => {
    const of = late.filter((each) => each.code === code);
    if (of.length === 0) return [];
    const dueOn = of.map((each) => each.dueOn).reduce((a, b) => (a < b ? a : b));
    return [{ code, dueOn, days: daysBetween(dueOn, today), villages: of.flatMap(({ village }) => village ?? []) }];
  });
}

import { DomainError } from './errors.ts';
import { addDays, type BusinessDay, businessDay } from './time.ts';

/** Work of the offices whose days no other policy sets, by its kind. */
export interface WorkDays {
  readonly 'import-to-commit': number;
  readonly 'plan-to-approve': number;
  readonly 'plan-to-apply': number;
  readonly 'households-without-helper': number;
  readonly 'dividend-to-check': number;
  readonly 'dividend-to-post': number;
  readonly 'objection-to-answer': number;
  readonly 'notice-to-close': number;
  readonly 'receipt-to-import': number;
  readonly 'batch-cancel-to-decide': number;
  readonly 'dividend-to-close': number;
  readonly 'correction-to-decide': number;
  readonly 'receipt-differs': number;
  readonly 'claim-to-settle': number;
  readonly 'settlement-to-decide': number;
  readonly 'nil-year-to-decide': number;
  readonly 'contract-end-to-decide': number;
  readonly 'account-change-to-decide': number;
  readonly 'results-to-record': number;
  readonly 'certificates-to-issue': number;
}

/** Calendar days within which the offices do what waits for them: policy data with the day they hold from. */
interface WorkPolicy {
  readonly effectiveFrom: BusinessDay;
  readonly document: string;
  readonly days: WorkDays;
}

/** The versions the product is shipped with. */
export const WORK_POLICIES: readonly WorkPolicy[] = [
  {
    effectiveFrom: businessDay('2010-01-01'),
    document: '系统默认政策',
    days: {
      'import-to-commit': 3,
      'plan-to-approve': 7,
      'plan-to-apply': 7,
      'households-without-helper': 15,
      'dividend-to-check': 7,
      'dividend-to-post': 3,
      'objection-to-answer': 7,
      'notice-to-close': 3,
      'receipt-to-import': 15,
      'batch-cancel-to-decide': 1,
      'dividend-to-close': 7,
      'correction-to-decide': 7,
      'receipt-differs': 7,
      'claim-to-settle': 30,
      'settlement-to-decide': 7,
      'nil-year-to-decide': 7,
      'contract-end-to-decide': 5,
      'account-change-to-decide': 5,
      'results-to-record': 7,
      'certificates-to-issue': 14,
    },
  },
];

/**
 * The last day for a piece of work that began to wait on a day (Asia/Shanghai), by the policy in force on that day.
 * @throws DomainError POLICY_NONE before the first version
 */
export function workDue(
  kind: keyof WorkDays,
  since: BusinessDay,
  policies: readonly WorkPolicy[] = WORK_POLICIES,
): BusinessDay {
  const inForce = policies
    .filter(({ effectiveFrom }) => effectiveFrom <= since)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  if (!inForce) throw new DomainError('POLICY_NONE', { day: since });
  return addDays(since, inForce.days[kind]);
}

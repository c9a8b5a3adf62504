import { useUiText } from './lib/i18n.ts';
import './status-mark.css';

export const HOUSEHOLD_STATUSES = ['registered', 'exited', 'returned', 'monitored', 'ordinary'] as const;
export type HouseholdStatus = (typeof HOUSEHOLD_STATUSES)[number];

/** The mark of a status as the register keeps it; `none` is a household that is not on it. */
export function markOf(status: 'none' | 'registered' | 'exited' | 'returned'): HouseholdStatus {
  return status === 'none' ? 'ordinary' : status;
}

/** National marks: red registered, green exited, yellow returned or monitored (domain, first table). */
const COLOUR: Record<HouseholdStatus, 'red' | 'green' | 'yellow' | 'plain'> = {
  registered: 'red',
  exited: 'green',
  returned: 'yellow',
  monitored: 'yellow',
  ordinary: 'plain',
};

/** A household's mark: always with its word, `label` when a finer one is known (脱贫不稳定户). */
export function StatusMark({ status, label }: { readonly status: HouseholdStatus; readonly label?: string }) {
  const t = useUiText();
  return (
    <span className={`bf-mark bf-mark--${COLOUR[status]}`}>
      <span className="bf-mark__dot" aria-hidden="true" />
      {label ?? t(`mark.${status}`)}
    </span>
  );
}

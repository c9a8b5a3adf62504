import type { HouseholdStatus } from '@bangfu/ui/status-mark';

/** The register's status as the mark that shows it. */
export const MARKS = {
  none: 'ordinary',
  registered: 'registered',
  exited: 'exited',
  returned: 'returned',
} as const satisfies Record<string, HouseholdStatus>;

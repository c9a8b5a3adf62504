import { type PlanPolicy, QUOTA_SETS } from './policy.ts';
import type { VisitPolicy } from './visit.ts';

/** As they are shipped. */
export const PLAN_POLICY: PlanPolicy = {
  ranks: QUOTA_SETS['5321'],
  weights: { distance: 10, change: 60, leadership: 4 },
};
export const VISIT_POLICY: VisitPolicy = {
  rhythm: { red: 'week', yellow: 'month', green: 'month' },
  visitsPerPeriod: 1,
  minPhotos: 1,
  clockTolerance: 10,
  backDays: 92,
};

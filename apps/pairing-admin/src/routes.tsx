import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./mine/my-households.tsx') },
  { path: 'visits', lazy: () => import('./visits/list.tsx') },
  { path: 'visits/new', lazy: () => import('./mine/visit-form.tsx') },
  { path: 'visits/:visitId', lazy: () => import('./visits/visit.tsx') },
  { path: 'pairings', lazy: () => import('./pairings/list.tsx') },
  { path: 'pairings/:householdId', lazy: () => import('./pairings/record.tsx') },
  { path: 'plans', lazy: () => import('./plans/list.tsx') },
  { path: 'plans/:planId', lazy: () => import('./plans/plan.tsx') },
  { path: 'cadres', lazy: () => import('./cadres/list.tsx') },
  { path: 'cadres/import', lazy: () => import('./cadres/import.tsx') },
  { path: 'policies', lazy: () => import('./policies/policies.tsx') },
  { path: 'units', lazy: () => import('./cadres/units.tsx') },
];

import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./evaluations/list.tsx') },
  { path: 'evaluations/new', lazy: () => import('./evaluations/plan.tsx') },
  { path: 'evaluations/:evaluationId', lazy: () => import('./record/record.tsx') },
  { path: 'evaluations/:evaluationId/plan', lazy: () => import('./evaluations/plan.tsx') },
  { path: 'evaluations/:evaluationId/sample', lazy: () => import('./record/sample.tsx') },
  { path: 'evaluations/:evaluationId/discrepancies', lazy: () => import('./record/discrepancies.tsx') },
  { path: 'evaluations/:evaluationId/result', lazy: () => import('./result/result.tsx') },
  { path: 'desk', lazy: () => import('./desk/desk.tsx') },
  { path: 'policies', lazy: () => import('./policies/policies.tsx') },
  { path: 'verification', lazy: () => import('./evaluations/verification.tsx') },
];

import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./households/list.tsx') },
  { path: 'households/:householdId', lazy: () => import('./households/record.tsx') },
  { path: 'households/:householdId/correct', lazy: () => import('./households/correct.tsx') },
  { path: 'imports', lazy: () => import('./imports/list.tsx') },
  { path: 'imports/new', lazy: () => import('./imports/desk.tsx') },
  { path: 'imports/:importId', lazy: () => import('./imports/desk.tsx') },
  { path: 'cases', lazy: () => import('./cases/list.tsx') },
  { path: 'cases/new', lazy: () => import('./cases/new.tsx') },
  { path: 'cases/:caseId', lazy: () => import('./cases/record.tsx') },
  { path: 'notices', lazy: () => import('./notices/list.tsx') },
  { path: 'notices/:noticeId', lazy: () => import('./notices/record.tsx') },
  { path: 'notices/:noticeId/print', lazy: () => import('./notices/sheet.tsx') },
  { path: 'policies', lazy: () => import('./policies/policies.tsx') },
  { path: 'quality', lazy: () => import('./quality/quality.tsx') },
];

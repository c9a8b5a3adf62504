import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./households/list.tsx') },
  { path: 'households/:householdId', lazy: () => import('./households/record.tsx') },
  { path: 'imports', lazy: () => import('./imports/list.tsx') },
  { path: 'imports/new', lazy: () => import('./imports/desk.tsx') },
  { path: 'imports/:importId', lazy: () => import('./imports/desk.tsx') },
  { path: 'quality', lazy: () => import('./quality/quality.tsx') },
];

import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./classes/list.tsx') },
  { path: 'classes', lazy: () => import('./classes/list.tsx') },
  { path: 'classes/new', lazy: () => import('./classes/new.tsx') },
  { path: 'classes/:classId', lazy: () => import('./classes/record.tsx') },
  { path: 'classes/:classId/enrol', lazy: () => import('./classes/enrol.tsx') },
  { path: 'calendar', lazy: () => import('./classes/calendar.tsx') },
  { path: 'courses', lazy: () => import('./courses/list.tsx') },
  { path: 'providers', lazy: () => import('./courses/providers.tsx') },
  { path: 'attendance', lazy: () => import('./attendance/choose.tsx') },
  { path: 'attendance/:sessionId', lazy: () => import('./attendance/sheet.tsx') },
  { path: 'trainees', lazy: () => import('./trainees/list.tsx') },
  { path: 'certificates', lazy: () => import('./certificates/list.tsx') },
  { path: 'policies', lazy: () => import('./policies/policies.tsx') },
  { path: 'coverage', lazy: () => import('./coverage/coverage.tsx') },
];

import type { RouteObject } from 'react-router';

/** Pages outside the shell: nobody is signed in yet, or his password must be changed first. */
export const ALONE: RouteObject[] = [
  { path: 'sign-in', lazy: () => import('./sign-in/page.tsx') },
  { path: 'password', lazy: () => import('./password/password.tsx') },
];

/** The portal's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./first/home.tsx') },
  { path: 'county', lazy: () => import('./county/county-home.tsx') },
  { path: 'search', lazy: () => import('./search/search.tsx') },
  { path: 'mine', lazy: () => import('./dossier/mine.tsx') },
  { path: 'dossiers/:householdNumber', lazy: () => import('./dossier/dossier.tsx') },
  { path: 'announcements', lazy: () => import('./announcements/announcements.tsx') },
  { path: 'accounts', lazy: () => import('./accounts/accounts.tsx') },
  { path: 'accounts/new', lazy: () => import('./accounts/new-account.tsx') },
  { path: 'accounts/of/:username', lazy: () => import('./accounts/account.tsx') },
  { path: 'regions', lazy: () => import('./regions/regions.tsx') },
  { path: 'audit', lazy: () => import('./audit/audit.tsx') },
  { path: 'parked', lazy: () => import('./events/parked.tsx') },
  { path: 'sign-ins', lazy: () => import('./sign-ins/my-sign-ins.tsx') },
  { path: 'jobs', lazy: () => import('./jobs/jobs.tsx') },
];

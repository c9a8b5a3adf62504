import type { RouteObject } from 'react-router';

/** This service's pages, each loaded when it is first opened. */
export const ROUTES: RouteObject[] = [
  { index: true, lazy: () => import('./entities/list.tsx') },
  { path: 'entities/new', lazy: () => import('./entities/new.tsx') },
  { path: 'claims', lazy: () => import('./claims/list.tsx') },
  { path: 'claims/:claimId', lazy: () => import('./claims/record.tsx') },
  { path: 'contracts', lazy: () => import('./contracts/list.tsx') },
  { path: 'contracts/new', lazy: () => import('./contracts/new.tsx') },
  { path: 'contracts/:contractId', lazy: () => import('./contracts/record.tsx') },
  { path: 'declarations', lazy: () => import('./declarations/list.tsx') },
  { path: 'declarations/new', lazy: () => import('./declarations/new.tsx') },
  { path: 'declarations/:declarationId', lazy: () => import('./declarations/record.tsx') },
  { path: 'dividends', lazy: () => import('./dividends/list.tsx') },
  { path: 'late', lazy: () => import('./dividends/late.tsx') },
  { path: 'notices', lazy: () => import('./notices/list.tsx') },
  { path: 'payments', lazy: () => import('./payments/list.tsx') },
  { path: 'payments/:batchId', lazy: () => import('./payments/record.tsx') },
  { path: 'policies', lazy: () => import('./policies/policies.tsx') },
  { path: 'statements', lazy: () => import('./statements/list.tsx') },
  { path: 'statements/:householdNumber', lazy: () => import('./statements/record.tsx') },
];

import { browserConnection } from '@bangfu/contracts/core/browser';
import type { ReactElement } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { mountApp } from './app.tsx';
import type { Resources } from './lib/i18n.ts';
import { RouteFailure } from './route-states.tsx';
import { Loading, Missing } from './states.tsx';

/**
 * Starts a front end in a browser: its pages within its frame.
 * @param given.alone pages that stand without the frame, as the sign-in does @param given.base where it is served
 */
export function mountPages(given: {
  readonly frame: ReactElement;
  readonly pages: readonly RouteObject[];
  readonly alone?: readonly RouteObject[];
  readonly base: string;
  readonly resources: Resources;
}): void {
  const { frame, pages, alone = [], base, resources } = given;
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  // The shell stands while the first page's code is on its way.
  const around = { errorElement: <RouteFailure />, hydrateFallbackElement: <Loading /> };
  const framed = { ...around, children: [...pages, { path: '*', element: <Missing /> }] };
  const router = createBrowserRouter(
    [
      { ...around, children: [...alone] },
      { element: frame, children: [framed] },
    ],
    { basename: base },
  );
  mountApp({ root, router, connection: browserConnection, resources });
}

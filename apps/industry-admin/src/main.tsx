import { browserConnection } from '@bangfu/contracts/core/browser';
import { mountApp } from '@bangfu/ui/app';
import { RouteFailure } from '@bangfu/ui/route-states';
import { Loading, Missing } from '@bangfu/ui/states';
import { createBrowserRouter } from 'react-router';
import { Frame } from './frame.tsx';
import { ROUTES } from './routes.tsx';
import { en } from './texts.en.ts';
import { zhCN } from './texts.zh-CN.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      children: [
        {
          errorElement: <RouteFailure />,
          // The shell stands while the first page's code is on its way.
          hydrateFallbackElement: <Loading />,
          children: [...ROUTES, { path: '*', element: <Missing /> }],
        },
      ],
    },
  ],
  { basename: import.meta.env.BASE_URL },
);

mountApp({ root, router, connection: browserConnection, resources: { 'zh-CN': zhCN, en } });

import type { Connection } from '@bangfu/contracts/core/client';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { getSession } from '@bangfu/contracts/gateway/session';
import { hashKey, MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { useAppearanceChoice, useMedia, usePrinting } from './lib/appearance.ts';
import { ConnectionContext, operationKey } from './lib/data.ts';
import { type Resources, setupI18n, useLanguage } from './lib/i18n.ts';
import { noteRefusal, noteSignedIn } from './lib/session-end.ts';
import { bangfuTheme } from './lib/theme.ts';
import './base.css';

interface MountOptions {
  readonly root: HTMLElement;
  readonly router: Parameters<typeof RouterProvider>[0]['router'];
  readonly resources: Resources;
  /** Tokens over the common ones; the big screen has its own. */
  readonly theme?: ThemeConfig;
  /** The way to the platform. */
  readonly connection: Connection;
  readonly queryClient?: QueryClient;
}

const SESSION = hashKey(operationKey(getSession, {}));

/**
 * Answers stay fresh for a quarter minute; live updates invalidate sooner. Refusals are not asked again. Without signal
 * a call fails at once and says so, instead of waiting for the signal to come back.
 */
export function defaultQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: noteRefusal,
      onSuccess: (_, { queryKey }) => {
        if (hashKey(queryKey) === SESSION) noteSignedIn();
      },
    }),
    mutationCache: new MutationCache({ onError: noteRefusal }),
    defaultOptions: {
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.problem.status < 500),
      },
    },
  });
}

function Themed({ router, theme }: Pick<MountOptions, 'router' | 'theme'>) {
  const language = useLanguage();
  const choice = useAppearanceChoice();
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const touch = useMedia('(pointer: coarse)');
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const printing = usePrinting();
  const dark = !printing && (choice === 'dark' || (choice === 'auto' && systemDark));

  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);

  const common = bangfuTheme({ dark, touch, still });
  return (
    <ConfigProvider
      locale={language === 'zh-CN' ? zhCN : enUS}
      theme={{ ...common, ...theme, token: { ...common.token, ...theme?.token } }}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: false }}
    >
      <App>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  );
}

/** Starts a front end: language, look, queries and addresses around its routes. */
export function mountApp({
  root,
  router,
  resources,
  theme,
  connection,
  queryClient = defaultQueryClient(),
}: MountOptions): void {
  setupI18n(resources);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ConnectionContext value={connection}>
          <Themed router={router} {...(theme && { theme })} />
        </ConnectionContext>
      </QueryClientProvider>
    </StrictMode>,
  );
}

import type { HtmlTagDescriptor, PluginOption, UserConfig } from 'vite';
import { defaultClientConditions } from 'vite';

interface AdminConfig {
  /** Path the gateway serves the app under, with slashes at both ends: "/identification/". */
  readonly base: string;
  /** Text of the browser's tab before the first page names itself; stands for %TITLE% in index.html. */
  readonly title: string;
  readonly plugins?: PluginOption[];
}

/** The portal serves the icon of all front ends. */
const ICON: HtmlTagDescriptor = { tag: 'link', attrs: { rel: 'icon', href: '/favicon.svg' }, injectTo: 'head' };

const inPackage = (names: string) => new RegExp(`[\\\\/]node_modules[\\\\/](?:${names})[\\\\/]`);

/**
 * The build of every front end: own base path, sources of the workspace, Chromium 99, hashed files, no inline script
 * (the gateway's policy is script-src 'self'). Vendor code of the first load is split by how often it changes; what
 * only later pages need stays with those pages (B11).
 */
export function adminConfig({ base, title, plugins = [] }: AdminConfig): UserConfig {
  return {
    base,
    plugins: [
      ...plugins,
      {
        name: 'bangfu-head',
        transformIndexHtml: {
          order: 'post',
          handler: (html: string) => ({ html: html.replaceAll('%TITLE%', title), tags: [ICON] }),
        },
      },
    ],
    resolve: { conditions: ['SOURCE', ...defaultClientConditions] },
    build: {
      target: 'chrome99',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'react',
                test: inPackage('react|react-dom|scheduler|react-router|i18next|react-i18next'),
                tags: ['$initial'],
                priority: 3,
              },
              { name: 'query', test: inPackage('@tanstack'), tags: ['$initial'], priority: 2 },
              {
                name: 'antd',
                test: inPackage('antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs|@emotion'),
                tags: ['$initial'],
                priority: 1,
              },
            ],
          },
        },
      },
    },
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  };
}

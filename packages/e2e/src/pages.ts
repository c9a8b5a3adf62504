import { readdirSync } from 'node:fs';
import { demoAccounts } from '@bangfu/infra/demo/accounts';

/** What a front end's routes declare of a page; the page itself is not loaded. */
interface Route {
  readonly path?: string;
  readonly index?: boolean;
  readonly children?: readonly Route[];
}

/** A page of a front end, known by its address with placeholders: `/industry/contracts/:contractId`. */
export interface DeclaredPage {
  readonly pattern: string;
  /** Where its front end is served: `/industry/`. */
  readonly base: string;
  readonly matches: (path: string) => boolean;
}

const APPS = new URL('../../../apps/', import.meta.url);
const BASES: Readonly<Record<string, string>> = { portal: '/' };

/** Every page that any front end declares in its `routes.tsx`: a new one is visited without being named anywhere. */
export const PAGES: readonly DeclaredPage[] = (
  await Promise.all(
    readdirSync(APPS)
      .filter((app) => app === 'portal' || app.endsWith('-admin'))
      .map(async (app) => {
        const base = BASES[app] ?? `/${app.replace(/-admin$/, '')}/`;
        const routes = (await import(new URL(`${app}/src/routes.tsx`, APPS).href)) as Record<string, readonly Route[]>;
        return Object.values(routes).flatMap((some) => pagesOf(some, base, base));
      }),
  )
).flat();

function pagesOf(routes: readonly Route[], base: string, under: string): DeclaredPage[] {
  return routes.flatMap(({ path, index, children }) => {
    const pattern = index ? under : `${under.replace(/\/$/, '')}/${path ?? ''}`;
    if (children) return pagesOf(children, base, pattern);
    return [declared(pattern, base)];
  });
}

function declared(pattern: string, base: string): DeclaredPage {
  const shape = new RegExp(`^${pattern.replace(/\/$/, '').replaceAll(/:\w+/g, '([^/]+)')}/?$`);
  return { pattern, base, matches: (asked) => shape.test(asked) };
}

/** The pages without account and without script, as the gateway declares them. */
const { PUBLIC_PAGES } = (await import(new URL('gateway/src/public/all.ts', APPS).href)) as {
  readonly PUBLIC_PAGES: readonly { readonly path: string }[];
};
export const PUBLIC: readonly DeclaredPage[] = PUBLIC_PAGES.map(({ path }) => declared(path, '/public'));

/** The declared page an address leads to: the one with the fewest placeholders, as the router chooses. */
export function pageAt(address: string, among = PAGES): DeclaredPage | undefined {
  const path = address.replace(/[?#].*/, '');
  const weight = ({ pattern }: DeclaredPage) => pattern.split(':').length;
  return among.filter((page) => page.matches(path)).sort((a, b) => weight(a) - weight(b))[0];
}

const PLACE = ['0', '0', '0'] as const;

const DEMO = demoAccounts(...PLACE);

/** The accounts that every demo makes, and the administrator. */
export const ACCOUNTS: readonly string[] = ['admin', ...DEMO.map(({ username }) => username)];

/** Those that walk through the pages: of several with the same grants the first, since they see the same. */
export const WALKERS: readonly string[] = [
  'admin',
  ...DEMO.filter(({ grants }, at) => {
    const same = (each: (typeof DEMO)[number]) => JSON.stringify(each.grants) === JSON.stringify(grants);
    return grants.length === 0 || DEMO.findIndex(same) === at;
  }).map(({ username }) => username),
];

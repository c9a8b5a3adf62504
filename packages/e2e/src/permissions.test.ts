import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { WORK_KINDS } from '@bangfu/contracts/core/work';
import { listMyWork } from '@bangfu/contracts/gateway/county';
import { demoAccounts } from '@bangfu/infra/demo/accounts';
import { DEMO_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { dataFolder, freePort, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
}
interface Route extends Operation {
  readonly method: string;
  readonly path: string;
}

let platform: StartedPlatform;
let routes: Route[];
const data = dataFolder();

beforeAll(async () => {
  platform = await startPlatform(data, await freePort(), ['--demo', 'small']);
  const document = (await (await fetch(`${platform.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}, 300_000);
afterAll(async () => {
  await platform.stop();
  removeFolder(data);
});

/** A path with every parameter filled by something well-formed that does not exist. */
const filled = (path: string) => path.replace(/\{\w+\}/g, '01a20468-32ad-7d75-9ac5-f964ab1f0142');

async function statusOf(route: Route, connection?: Connection): Promise<number> {
  const answer = await (connection?.fetch ?? fetch)(`${platform.url}${filled(route.path)}`, {
    // A route that does not answer at all is a failure of its own, named like the others.
    signal: AbortSignal.timeout(15_000),
    method: route.method,
    headers: { 'content-type': 'application/json', ...connection?.headers?.() },
    ...(route.method === 'GET' ? {} : { body: '{}' }),
  });
  await answer.body?.cancel();
  return answer.status;
}

describe('given the published OpenAPI document of the running platform', () => {
  it('when nobody is signed in, then every operation not declared public answers 401', async () => {
    const closed = routes.filter((route) => !(route.security?.length === 0));
    expect(closed.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const route of closed) {
      const status = await statusOf(route);
      if (status !== 401) wrong.push(`${route.method} ${route.path} → ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('when an evaluator calls, then every operation that is not a GET answers 403, his own session apart', async () => {
    const evaluator = await connectAs(platform.url, 'evaluator', DEMO_PASSWORD);
    const changing = routes.filter(
      (route) => route.method !== 'GET' && !(route.security?.length === 0) && !route.path.startsWith('/api/session'),
    );
    const wrong: string[] = [];
    for (const route of changing) {
      const status = await statusOf(route, evaluator);
      if (status !== 403) wrong.push(`${route.method} ${route.path} → ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('when each demo account asks for its work, then it may read each page it is led to, and do the act there', async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const { username } of demoAccounts('', '', '')) {
      const connection = await connectAs(platform.url, username, DEMO_PASSWORD);
      const { items } = await call(connection, listMyWork);
      for (const { kind, link, service } of items) {
        seen.add(kind);
        const { act, reads, page } = WORK_KINDS[kind];
        const [path = '', query] = link.replace(`/${service}/`, '').replace(/#.*/, '').split('?');
        // A link to several cases leads to their list.
        const isPage = query !== undefined ? page.startsWith(path) : page.split('/:')[0] === path.split('/')[0];
        const id = path.split('/')[1] ?? '';
        const routeOf = (operationId: string) => routes.find((route) => route.operationId === operationId);
        const asked = async (operationId: string) => {
          const route = routeOf(operationId);
          return route ? statusOf({ ...route, path: route.path.replace(/\{\w+\}/, id || '$&') }, connection) : 0;
        };
        const read = query === undefined ? await asked(reads) : 200;
        // An empty body is refused by its form, after the question who may.
        const done = await asked(act);
        // A page of several records names none: that one is not there, and not that the person may not.
        const may = [200, 400, 409, 422, ...(id === '' ? [404] : [])].includes(done);
        if (!isPage || read !== 200 || !may) {
          wrong.push(`${username} ${kind} ${link}: read ${read}, act ${done}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
  }, 120_000);

  it('when anything is asked with rubbish, then no answer is a 5xx', async () => {
    const office = await connectAs(platform.url, 'county', DEMO_PASSWORD);
    const wrong: string[] = [];
    for (const route of routes.filter(
      (each) => !each.path.endsWith('/live') && !each.path.startsWith('/api/session'),
    )) {
      const status = await statusOf(route, office).catch(() => 599);
      if (status >= 500) wrong.push(`${route.method} ${route.path} → ${status}`);
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

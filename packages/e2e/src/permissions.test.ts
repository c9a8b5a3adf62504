import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { WORK_KINDS } from '@bangfu/contracts/core/work';
import { listMyWork } from '@bangfu/contracts/gateway/county';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { undoImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { listRegions } from '@bangfu/contracts/identification/regions';
import {
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { checkDigit } from '@bangfu/domain/shared/id-number';
import { demoAccounts } from '@bangfu/infra/demo/accounts';
import { DEMO_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { committed } from './county.ts';
import { dataFolder, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';
import { until } from './until.ts';

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

describe('given households that an import brought', () => {
  const roster = (
    households: readonly { number: string; head: string; born: string }[],
    township: string,
    village: string,
  ) => {
    const lines = households.map(({ number, head, born }) => {
      const first17 = `211382${born}001`;
      return `${township},${village},${number},${head},${first17}${checkDigit(first17)},户主`;
    });
    return new Blob([`乡(镇),行政村,户编号,姓名,证件号码,与户主关系\n${lines.join('\n')}\n`]);
  };
  const idOf = async (office: Connection, number: string) =>
    (await call(office, listHouseholds, { query: { search: number } })).rows[0]?.id;
  const STAYS = { number: '2113829990990001', head: '覃留下', born: '19600101' };
  const LEAVES = { number: '2113829990990002', head: '麴离去', born: '19610202' };

  it('when one is in a signed contract, then its import is not undone; the other leaves every list and comes back as itself', async () => {
    const office = await connectAs(platform.url, 'county', DEMO_PASSWORD);
    const entity = await connectAs(platform.url, 'entity', DEMO_PASSWORD);
    const [cooperative] = (await call(entity, listEntities, {})).rows;
    const regions = (await call(office, listRegions, {})).rows;
    const village = regions.find(({ code }) => code === cooperative?.villageCodes[0]);
    const township = regions.find(({ code }) => code === village?.parentCode);
    const bring = async (household: typeof STAYS) => {
      const query = { name: `${household.head}.csv`, commit: 'true' as const };
      const body = roster([household], township?.name ?? '', village?.name ?? '');
      return committed(office, (await call(office, uploadRoster, { query, body })).id);
    };
    const undo = (importId: string) => call(office, undoImport, { params: { importId }, body: {} });
    let staying = await bring(STAYS);
    const leaving = await bring(LEAVES);
    const id = await idOf(office, LEAVES.number);

    const contract = { number: 'KZ-1', from: '2026-01-01', to: '2028-12-31', guaranteedBp: 600, profitShareBp: 0 };
    const draft = await call(entity, draftContract, { body: { entityId: cooperative?.id ?? '', ...contract } });
    const params = { contractId: draft.id };
    const list = `户编号,姓名,入股金额(元),开户行,账号\n${STAYS.number},${STAYS.head},1000,农商行,6228000099990001\n`;
    const listed = await until(
      'the cooperative’s service knows the household',
      async () => {
        const outcome = await callJob(entity, importContractHouseholds, ContractHouseholdsOutcome, {
          params,
          query: { name: '股金' },
          body: new Blob([list]),
        });
        return outcome.taken ? outcome.contract : null;
      },
      60_000,
    );
    await call(office, signContract, { params, body: { version: listed.version, signedOn: '2026-01-05' } });
    await undo(leaving.id);
    expect(await idOf(office, LEAVES.number)).toBeUndefined();
    const told = await until(
      'no list holds the household',
      async () => {
        const naming = await listsNaming(office, LEAVES, id ?? '');
        return naming.length === 0 ? naming : null;
      },
      60_000,
    ).catch(() => listsNaming(office, LEAVES, id ?? ''));
    expect(told).toEqual([]);
    await bring(LEAVES);
    expect(await idOf(office, LEAVES.number)).toBe(id);

    const refused = await until(
      'the register has heard of the contract',
      async () => {
        try {
          await undo(staying.id);
        } catch (error) {
          if (error instanceof ProblemError && error.problem.code === 'IMPORT_BUILT_ON') return error.problem;
          throw error;
        }
        // The contract was not heard of yet: the household comes back and is asked about again.
        staying = await bring(STAYS);
        return null;
      },
      60_000,
    );
    expect(refused.detail).toContain('1 户已列入产业合同');
    expect(await idOf(office, STAYS.number)).toBeDefined();
  }, 240_000);

  /** The operations of all services that answer with a household, whether they list it or are asked for it by id or number. */
  async function listsNaming(office: Connection, { number, head }: typeof LEAVES, id: string): Promise<string[]> {
    const naming: string[] = [];
    for (const route of routes) {
      // The audit log and the imports say what was done, as they must.
      if (route.method !== 'GET' || /audit|imports|jobs|openapi|asyncapi|live/.test(route.path)) continue;
      const path = route.path.replace('{householdNumber}', number).replace('{householdId}', id);
      if (path.includes('{')) continue;
      const answer = await (office.fetch ?? fetch)(`${platform.url}${path}`, { signal: AbortSignal.timeout(15_000) });
      const text = await answer.text();
      if (text.includes(head) || (answer.ok && text.includes(number))) naming.push(`${route.path} ${answer.status}`);
    }
    return naming;
  }
});

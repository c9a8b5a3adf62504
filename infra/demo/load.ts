import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo } from '../local/options.ts';
import { ROOT } from '../local/options.ts';
import type { Platform } from '../local/platform.ts';
import type { Supervised } from '../local/supervise.ts';
import { demoAccounts, ROLE_OF_SCOPE } from './accounts.ts';
import { api, type Api } from './api.ts';

const HOUSEHOLDS: Readonly<Record<Exclude<Demo, 'none'>, number>> = { small: 1500, county: 160_000 };
const SEED = 20_150;
/** An evaluator's grant ends by itself; the demo's lasts this long. */
const EVALUATOR_DAYS = 90;

/** What the demo is loaded into. */
export interface DemoTarget {
  readonly platform: Platform;
  readonly demo: Exclude<Demo, 'none'>;
  readonly county: string;
  readonly adminPassword: string;
  readonly say: (line: string) => void;
}

/**
 * Fills an empty register with the demo county, the way a county would: regions and roster by the command line, then
 * accounts, then each service's history by its own use cases.
 */
export async function loadDemo({ platform, demo, county, adminPassword, say }: DemoTarget): Promise<void> {
  const started = Date.now();
  const credentials = { BANGFU_URL: platform.url, BANGFU_USER: 'admin', BANGFU_PASSWORD: adminPassword };
  const bangfu = (...args: string[]) => runCli(args, credentials);
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-demo-'));
  try {
    say('正在装入演示县：区划、花名册……');
    await bangfu('import', 'regions', join(ROOT, 'infra/demo/regions', `${county.slice(0, 6)}.csv`));
    const roster = join(folder, '演示花名册.csv');
    await bangfu(
      'demo',
      'roster',
      '--county',
      county,
      '--households',
      String(HOUSEHOLDS[demo]),
      '--seed',
      String(SEED),
      '--out',
      roster,
    );
    // As counties do: the roster is that of the end of a year, and what has happened since is known by its own days.
    const asOf = `${new Date().getFullYear() - 1}-12-31`;
    await bangfu('import', 'roster', roster, '--county', county, '--as-of', asOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const admin = await api(platform.url, 'admin', adminPassword);
  await untilCopied(admin, HOUSEHOLDS[demo]);

  const { township, village } = await busiestPlace(admin);
  const password = process.env['BANGFU_DEMO_PASSWORD'] || `demo-${randomBytes(6).toString('hex')}`;
  const accounts = demoAccounts(county, township, village);
  await exchange(
    platform.gateway,
    { kind: 'accounts', accounts: accounts.map((account) => ({ ...account, password })) },
    'accounts',
  );
  const ids = await accountIds(admin);
  let householdNumber: string | null = null;

  for (const name of ['identification', 'pairing', 'industry', 'training', 'evaluation']) {
    say(`正在生成演示历史：${name}……`);
    const service = platform.processes.find((process) => process.name === name);
    if (!service) continue;
    const given = { countyCode: county, accounts: ids, today: new Date().toISOString() };
    const { scopes = {} } = (await exchange(service, { kind: 'demo', given }, 'demo')) as {
      scopes?: Record<string, { kind: string; id: string }>;
    };
    for (const [username, scope] of Object.entries(scopes)) {
      await grantLater(platform, username, scope);
      if (scope.kind === 'household') householdNumber = await numberOf(admin, scope.id);
    }
  }
  say(`演示账号：${accounts.map((account) => account.username).join('、')}　密码：${password}`);
  if (householdNumber) say(`示范农户户编号：${householdNumber}`);
  say(`演示县已装入（${Math.round((Date.now() - started) / 1000)} 秒）`);
}

async function numberOf(admin: Api, householdId: string): Promise<string> {
  const household = (await admin('GET', `/api/identification/households/${householdId}`)) as { number: string };
  return household.number;
}

/** Gives a demo account what it is bound to, by the installation itself: some roles would wait for a second person. */
async function grantLater({ gateway }: Platform, username: string, scope: { kind: string }): Promise<void> {
  const role = ROLE_OF_SCOPE[scope.kind];
  if (!role) return;
  const until = new Date(Date.now() + EVALUATOR_DAYS * 86_400_000).toISOString();
  const grant = { role, scope, ...(role === 'evaluator' ? { until } : {}) };
  await exchange(gateway, { kind: 'grants', grants: [{ username, grant }] }, 'grants');
}

/** The other services hear of the register by events; their histories begin when they have heard all. */
async function untilCopied(admin: Api, households: number): Promise<void> {
  const deadline = Date.now() + 600_000;
  for (const service of ['pairing', 'industry', 'training', 'evaluation']) {
    for (;;) {
      const known = (await admin('GET', `/api/${service}/copies`)) as { households: number };
      if (known.households >= households) break;
      if (Date.now() > deadline) throw new Error(`${service} 没有收到全部农户（${known.households}/${households}）`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** The demo's township and village are where most registered households live, so that their screens are not empty. */
async function busiestPlace(admin: Api): Promise<{ township: string; village: string }> {
  const { rows } = (await admin('GET', '/api/identification/regions')) as {
    rows: { code: string; level: string; households: number; parentCode: string }[];
  };
  const most = (level: string, within = '') =>
    rows
      .filter((row) => row.level === level && (within === '' || row.parentCode === within))
      .reduce((best, row) => (row.households > best.households ? row : best));
  const township = most('township').code;
  return { township, village: most('village', township).code };
}

async function accountIds(admin: Api): Promise<Record<string, { id: string; name: string }>> {
  const { rows } = (await admin('GET', '/api/accounts?limit=200')) as {
    rows: { id: string; username: string; name: string }[];
  };
  return Object.fromEntries(rows.map(({ id, username, name }) => [username, { id, name }]));
}

/** Sends a message to one of our processes and waits for its answer of the same kind. @throws with why it was not done */
function exchange(process: Supervised, message: object, kind: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    process.onMessage((answer) => {
      const { kind: about, failed } = answer as { kind?: string; failed?: string };
      if (about !== kind) return;
      if (failed) reject(new Error(`演示数据没有装完（${process.name}）：${failed}`));
      else resolve(answer);
    });
    process.child().once('exit', () => reject(new Error(`${process.name} 在装入演示数据时退出`)));
    process.child().send(message);
  });
}

function runCli(args: readonly string[], credentials: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=SOURCE', 'apps/cli/src/main.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, ...credentials, INIT_CWD: ROOT },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let problems = '';
    child.stderr.on('data', (chunk: Buffer) => (problems = (problems + chunk.toString()).slice(-4000)));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`bangfu ${args.slice(0, 2).join(' ')}：${problems}`)),
    );
  });
}

import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COUNTY, openBrowser, testInstallation } from './testing/platform.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);
let environment: NodeJS.ProcessEnv;
let child: ChildProcess | undefined;

/** Starts the gateway as the start command does; hands back what it says until it is ready. */
async function start(settings: NodeJS.ProcessEnv = {}): Promise<{ url: string; firstPassword?: string }> {
  const started = fork(script('main.ts'), {
    execArgv: ['--conditions=SOURCE'],
    env: { ...environment, ...settings },
    silent: true,
  });
  child = started;
  let firstPassword: string | undefined;
  for (;;) {
    const [message] = (await once(started, 'message')) as [{ ready?: string; port?: number; firstPassword?: string }];
    firstPassword ??= message.firstPassword;
    if (message.ready === 'gateway')
      return { url: `http://127.0.0.1:${message.port}`, ...(firstPassword ? { firstPassword } : {}) };
  }
}

beforeAll(async () => {
  const { BANGFU_ADMIN_PASSWORD: _, ...rest } = (await testInstallation('http://127.0.0.1:9')).environment;
  environment = { PATH: process.env['PATH'], ...rest };
});
afterEach(() => void child?.kill('SIGKILL'));

describe('the gateway as a process', () => {
  test('first start hands over one password, the second none; it ends when its parent lets go', async () => {
    const first = await start();
    const browser = openBrowser(first.url);
    expect((await browser.signIn('admin', String(first.firstPassword))).body['mustChangePassword']).toBe(true);
    const ended = once(child as ChildProcess, 'exit');
    child?.disconnect();
    expect(await ended).toEqual([0, null]);

    expect((await start()).firstPassword).toBeUndefined();
    const endedAgain = once(child as ChildProcess, 'exit');
    child?.kill('SIGTERM');
    expect(await endedAgain).toEqual([0, null]);
  });

  test('the parent hands over a demo’s accounts, twice without harm', async () => {
    const { url } = await start();
    const grants = [{ role: 'township-officer', scope: { kind: 'region', code: '522325101000' } }];
    const accounts = [{ username: 'township-leader', name: '乡镇领导', grants, password: 'demo secret 1' }];
    for (let time = 0; time < 2; time++) {
      child?.send({ kind: 'accounts', accounts });
      expect((await once(child as ChildProcess, 'message'))[0]).toEqual({ kind: 'accounts', done: true });
    }
    const session = await openBrowser(url).signIn('township-leader', 'demo secret 1');
    expect(session.body).toMatchObject({ grants, mustChangePassword: false });
  });

  test('accounts that cannot be made are answered with the reason', async () => {
    await start();
    child?.send({ kind: 'accounts', accounts: [{ username: 'township', name: '乡镇', grants: [], password: '' }] });
    const [answer] = await once(child as ChildProcess, 'message');
    expect(answer).toEqual({ kind: 'accounts', failed: expect.stringContaining('password') });
  });

  test('a wrong setting stops the start with its name and what is expected', async () => {
    const failing = run(process.execPath, ['--conditions=SOURCE', script('main.ts')], {
      env: { ...environment, BANGFU_COUNTY: '5223' },
    });
    await expect(failing).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('BANGFU_COUNTY ("5223")') });
  });
});

describe('making an administrator from the machine', () => {
  const create = (name: string) =>
    run(process.execPath, ['--conditions=SOURCE', script('create-admin.ts'), name], { env: environment });

  test('prints a one-time password; a name that is taken is refused', async () => {
    const { stdout } = await create('li.si');
    const { url } = await start();
    const session = await openBrowser(url).signIn('li.si', stdout.trim());
    expect(session.body).toMatchObject({ grants: [{ role: 'system-administrator' }], mustChangePassword: true });
    expect(JSON.stringify(session.body['grants'])).not.toContain(COUNTY);
    await expect(create('li.si')).rejects.toMatchObject({ code: 1, stderr: '用户名 li.si 已被使用\n' });
    await expect(create('X')).rejects.toMatchObject({ code: 2 });
  });
});

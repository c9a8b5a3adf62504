import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Problem } from '@bangfu/contracts/core/problem';
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  answers,
  IMPORT,
  keys,
  problem,
  run,
  runJson,
  seen,
  send,
  statistics,
  url,
} from './testing/platform.ts';

describe('the account', () => {
  test('signs in, carries cookies and CSRF token, and ends its session', async () => {
    expect((await runJson(['stats', '--region', '211382'])).document).toEqual(statistics);
    expect(keys()).toEqual(['POST /api/session', 'GET /api/identification/statistics', 'DELETE /api/session']);
    expect(seen[1]?.headers).toMatchObject({
      cookie: 'sid=abc; device=d',
      'x-csrf-token': 't',
      'accept-language': 'zh-CN',
    });
    expect(seen[1]?.query.get('region')).toBe('211382000000');
  });

  test('an API key needs no session', async () => {
    expect((await run(['stats'], { BANGFU_KEY: 'k' })).exit).toBe(0);
    expect(keys()).toEqual(['GET /api/identification/statistics']);
    expect(seen[0]?.headers.authorization).toBe('Bearer k');
  });

  test('a wrong password is exit 1 with the platform’s own problem', async () => {
    const { exit, document, stderr } = await runJson(['stats'], { BANGFU_USER: 'county', BANGFU_PASSWORD: 'wrong' });
    expect(exit).toBe(1);
    expect(document).toMatchObject({ code: 'SIGN_IN_FAILED', status: 401 });
    expect(stderr).toContain('用户名或密码不对');
  });

  test('a session ends after a refusal too', async () => {
    answers['GET /api/identification/statistics'] = (_, response) =>
      send(response, 403, problem(403, 'FORBIDDEN', '无权办理'));
    expect((await run(['stats'])).exit).toBe(1);
    expect(keys().at(-1)).toBe('DELETE /api/session');
  });

  test.each([
    [{ BANGFU_USER: 'county' }, 'BANGFU_PASSWORD'],
    [{ BANGFU_URL: 'localhost:8080' }, 'BANGFU_URL'],
  ])('a wrong setting is exit 2 and named: %j', async (env, name) => {
    const { exit, document } = await runJson(['stats'], env);
    expect(exit).toBe(2);
    expect(document).toMatchObject({ code: 'SETTING_WRONG', detail: expect.stringContaining(name) });
  });
});

describe('exit codes and what is said', () => {
  test('a platform nobody answers at', async () => {
    const { exit, document, stderr } = await runJson(['stats'], { ...ACCOUNT, BANGFU_URL: 'http://127.0.0.1:9' });
    expect(exit).toBe(1);
    expect(Problem.parse(document)).toMatchObject({ code: 'NOT_REACHABLE', status: 503 });
    expect(stderr).toContain('http://127.0.0.1:9');
    expect((await run(['stats'], { BANGFU_URL: 'http://127.0.0.1:9', BANGFU_LANGUAGE: 'en' })).stderr).toContain(
      'not reachable',
    );
  });

  test('an answer that breaks the contract is no data', async () => {
    answers['GET /api/identification/statistics'] = (_, response) => send(response, 200, { households: 'many' });
    expect((await runJson(['stats'])).document).toMatchObject({ code: 'NO_PROPER_ANSWER' });
  });

  test('a refusal without --json stands on standard error alone', async () => {
    const { exit, stdout, stderr } = await run(['import', 'undo', IMPORT]);
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain('没有找到（NOT_FOUND，编号 r-1）');
    expect(stderr).not.toMatch(/\bat .*\.ts:\d/);
  });

  test.each([
    [['nonsense']],
    [['stats', '--nonsense']],
    [['stats', 'surplus']],
    [['stats', '--region', '21138']],
    [['import', 'roster']],
    [['import']],
    [['import', 'undo', 'seven']],
    [['export', 'households', 'a.doc']],
    [['demo', 'roster', '--households', '0', '--seed', '1', '--out', 'a.csv']],
    [['demo', 'roster', '--households', '5', '--out', 'a.csv']],
    [['demo', 'roster', '--households', '5', '--seed', '1', '--out', 'a.csv', '--county', '110101']],
    [['start', '--demo', 'huge']],
    [['start', '--port', '99999']],
    [['api', 'FETCH', '/api/session']],
    [['api', 'GET', 'http://elsewhere/api/session']],
    [[]],
  ])('wrong usage is exit 2: %j', async (args) => {
    const { exit, document } = await runJson(args);
    expect(exit).toBe(2);
    expect(document).toMatchObject({ code: 'USAGE' });
    expect(seen).toEqual([]);
    const plain = await run(args);
    expect([plain.exit, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr).not.toBe('');
  });

  test('help is exit 0 on standard output', async () => {
    const { exit, stdout } = await run(['import', 'roster', '--help']);
    expect(exit).toBe(0);
    expect(stdout).toContain('--dry-run');
  });

  test('the process itself ends so, and writes nothing but the document', async () => {
    const main = join(import.meta.dirname, 'main.ts');
    const child = spawn(process.execPath, ['--conditions=SOURCE', main, 'stats', '--json'], {
      env: { ...process.env, BANGFU_URL: url, BANGFU_KEY: 'k' },
    });
    const [stdout, , [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect([code, JSON.parse(stdout)]).toEqual([0, statistics]);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Problem } from '@bangfu/contracts/core/problem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from './program.ts';

const IMPORT = '019aa000-0000-7000-8000-000000000001';
const JOB = '019aa000-0000-7000-8000-000000000002';
const AT = '2026-03-01T00:00:00.000Z';

interface Seen {
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = (seen: Seen, response: ServerResponse) => unknown;

const problem = (status: number, code: string, title: string) => ({
  type: `urn:bangfu:problem:${code}`,
  title,
  status,
  code,
  detail: title,
  instance: 'r-1',
});

const job = (more: object) => ({
  id: JOB,
  kind: 'roster-import',
  title: '导入花名册',
  state: 'running',
  stage: '检查',
  done: 5,
  total: 10,
  result: null,
  problem: null,
  createdAt: AT,
  startedAt: AT,
  endedAt: null,
  ...more,
});
const ended = (more: object = {}) => job({ state: 'done', done: 10, endedAt: AT, ...more });

const importProblem = (row: number) => ({
  sheet: '花名册',
  row,
  column: '证件号码',
  value: '211***********1234',
  code: 'ID_INVALID',
  severity: 'error',
  message: '校验码不对',
  household: '2113820012020001',
});
const report = {
  file: { name: 'a.csv', sha256: 'ab' },
  sheets: [{ name: '花名册', headerRow: 1, dataRows: 3, skippedRows: 0 }],
  households: { create: 1, change: 0, unchanged: 0, heldBack: 1 },
  persons: { create: 2, change: 0, move: 0, unchanged: 0, heldBack: 1 },
  columns: { matched: ['姓名'], unknown: ['备注'] },
  problemCounts: { ID_INVALID: 2 },
  quality: { '2_12_017': 1 },
};
const rosterImport = (state: string) => ({
  id: IMPORT,
  fileName: 'a.csv',
  state,
  jobId: JOB,
  report: state === 'checking' ? null : report,
  accountName: '县扶贫办',
  createdAt: AT,
  committedAt: state === 'committed' ? AT : null,
  undoneAt: null,
  version: 1,
});
const statistics = { households: 2, persons: 5, byStatus: {}, byCause: {}, byCategory: {} };

/** What the server of the test answers, by method and path; each test adds to it or changes it. */
let answers: Record<string, Answer>;
let seen: Seen[];
let server: Server;
let url: string;
let folder: string;

const send = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(body === null ? undefined : JSON.stringify(body));
};
const live = (response: ServerResponse, ...events: unknown[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n: still\n\n`);
  response.end();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  await writeFile(join(folder, 'a.csv'), '姓名\r\n');
  await writeFile(join(folder, 'body.json'), '{"a":1}');
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
      const entry = { key: `${request.method} ${pathname}`, query: searchParams, headers: request.headers, body };
      seen.push(entry);
      const answer = answers[entry.key];
      if (answer) answer(entry, response);
      else send(response, 404, problem(404, 'NOT_FOUND', '没有找到'));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  seen = [];
  answers = {
    'POST /api/session': ({ body }, response) => {
      if (JSON.parse(body).password !== 'right')
        return send(response, 401, problem(401, 'SIGN_IN_FAILED', '用户名或密码不对'));
      response.setHeader('set-cookie', ['sid=abc; Path=/; HttpOnly', 'device=d; Path=/']);
      return send(response, 200, {
        account: { id: 'a', username: 'county', name: '县扶贫办' },
        county: { code: '211382000000', name: '凌源市' },
        grants: [],
        mustChangePassword: false,
        csrf: { header: 'x-csrf-token', token: 't' },
      });
    },
    'DELETE /api/session': (_, response) => send(response, 204, null),
    'GET /api/identification/statistics': (_, response) => send(response, 200, statistics),
    'POST /api/identification/imports': (_, response) => send(response, 202, rosterImport('checking')),
    [`GET /api/identification/imports/${IMPORT}`]: (_, response) => send(response, 200, rosterImport('committed')),
    [`GET /api/identification/imports/${IMPORT}/problems`]: ({ query }, response) =>
      send(
        response,
        200,
        query.get('cursor') === 'two'
          ? { rows: [importProblem(3)], total: 2, next: null }
          : { rows: [importProblem(2)], total: 2, next: 'two' },
      ),
    [`GET /api/identification/jobs/${JOB}/live`]: (_, response) => live(response, job({}), ended()),
    [`GET /api/identification/jobs/${JOB}`]: (_, response) => send(response, 200, ended()),
  };
});

const ACCOUNT = { BANGFU_USER: 'county', BANGFU_PASSWORD: 'right' };

function sink(): { stream: Writable; text: () => string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      parts.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString() };
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = ACCOUNT) {
  const stdout = sink();
  const stderr = sink();
  const streams = { stdout: stdout.stream, stderr: stderr.stream };
  const exit = await runCli(args, { BANGFU_URL: url, INIT_CWD: folder, ...env }, streams);
  return { exit, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs under --json: standard output must be one document. */
async function runJson(args: readonly string[], env?: NodeJS.ProcessEnv) {
  const { stdout, ...rest } = await run([...args, '--json'], env);
  return { ...rest, document: JSON.parse(stdout) as Record<string, unknown> };
}

const keys = () => seen.map(({ key }) => key);

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

describe('import roster', () => {
  test('uploads, waits, and prints the one object with all pages of problems; held-back households are no failure', async () => {
    const { exit, document, stderr } = await runJson(['import', 'roster', 'a.csv', '--county', '211382']);
    const { problemCounts: _, ...told } = report;
    expect(exit).toBe(0);
    expect(document).toEqual({
      ...told,
      problems: [importProblem(2), importProblem(3)],
      import: { id: IMPORT, committed: true },
    });
    const upload = seen.find(({ key }) => key === 'POST /api/identification/imports');
    expect(Object.fromEntries(upload?.query ?? [])).toEqual({ name: 'a.csv', commit: 'true', county: '211382000000' });
    expect(upload?.body).toBe('姓名\r\n');
    expect(upload?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(stderr).toContain('检查  5/10');
  });

  test('a dry run commits nothing', async () => {
    answers[`GET /api/identification/imports/${IMPORT}`] = (__, response) =>
      send(response, 200, rosterImport('checked'));
    const { document } = await runJson(['import', 'roster', 'a.csv', '--dry-run']);
    expect(document.import).toEqual({ id: IMPORT, committed: false });
    expect(seen.find(({ body }) => body.includes('姓名'))?.query.get('commit')).toBe('false');
    expect((await run(['import', 'roster', 'a.csv', '--dry-run'])).stdout).toContain('未入库');
  });

  test('a failed job is exit 1 with its problem', async () => {
    const failed = ended({ state: 'failed', problem: { code: 'NOT_A_ROSTER', title: '缺少必需的列' } });
    answers[`GET /api/identification/jobs/${JOB}/live`] = (_, response) => live(response, failed);
    const { exit, document, stderr } = await runJson(['import', 'roster', 'a.csv']);
    expect(exit).toBe(1);
    expect(Problem.parse(document)).toMatchObject({ code: 'NOT_A_ROSTER', title: '缺少必需的列', instance: JOB });
    expect(stderr).toContain('缺少必需的列');
  });

  test('a cancelled job is exit 1', async () => {
    answers[`GET /api/identification/jobs/${JOB}/live`] = (_, response) =>
      live(response, ended({ state: 'cancelled' }));
    expect(await runJson(['import', 'roster', 'a.csv'])).toMatchObject({
      exit: 1,
      document: { code: 'JOB_CANCELLED' },
    });
  });

  test('without a live stream the job is asked after, through a service that restarts', async () => {
    let asked = 0;
    answers[`GET /api/identification/jobs/${JOB}/live`] = (_, response) => response.destroy();
    answers[`GET /api/identification/jobs/${JOB}`] = (_, response) => {
      asked += 1;
      if (asked === 1) send(response, 503, problem(503, 'SERVICE_AWAY', '服务正在重启'));
      else if (asked === 2) response.destroy();
      else send(response, 200, asked < 4 ? job({}) : ended());
    };
    expect(await runJson(['import', 'roster', 'a.csv'])).toMatchObject({
      exit: 0,
      document: { import: { id: IMPORT } },
    });
    expect(asked).toBe(4);
  });

  test('a job that is gone is not waited for', async () => {
    delete answers[`GET /api/identification/jobs/${JOB}/live`];
    delete answers[`GET /api/identification/jobs/${JOB}`];
    expect(await runJson(['import', 'roster', 'a.csv'])).toMatchObject({ exit: 1, document: { code: 'NOT_FOUND' } });
  });

  test('a file that is not there is exit 1 before anything is sent', async () => {
    const { exit, document } = await runJson(['import', 'roster', 'b.csv']);
    expect(exit).toBe(1);
    expect(document).toMatchObject({ code: 'FILE_UNUSABLE', detail: expect.stringContaining(join(folder, 'b.csv')) });
    expect(seen).toEqual([]);
  });
});

describe('other commands', () => {
  test('import regions prints what it changed', async () => {
    const regions = { regions: { create: 3, change: 0, unchanged: 1 } };
    answers['POST /api/identification/regions/imports'] = (_, response) => send(response, 200, regions);
    expect(await runJson(['import', 'regions', 'a.csv'])).toMatchObject({ exit: 0, document: regions });
  });

  test('import undo prints what the platform says', async () => {
    answers[`POST /api/identification/imports/${IMPORT}/undo`] = (_, response) => send(response, 200, { undone: true });
    expect(await runJson(['import', 'undo', IMPORT])).toMatchObject({ exit: 0, document: { undone: true } });
  });

  test('export households streams the file to where the command was typed', async () => {
    answers['GET /api/identification/households/export'] = (_, response) => response.end('户编号\r\n');
    const { document } = await runJson(['export', 'households', 'out.csv', '--region', '211382']);
    expect(document).toEqual({ households: 2, persons: 5 });
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('户编号\r\n');
    expect(seen.find(({ key }) => key.endsWith('/export'))?.query.toString()).toBe('region=211382000000&format=csv');
  });

  test('an export that breaks off leaves no file', async () => {
    answers['GET /api/identification/households/export'] = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('户编号');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await runJson(['export', 'households', 'cut.csv'])).toMatchObject({
      exit: 1,
      document: { code: 'CONNECTION_LOST' },
    });
    await expect(readFile(join(folder, 'cut.csv'))).rejects.toThrow('ENOENT');
  });

  test('check waits for its job and prints what it ended with', async () => {
    const result = { households: 2, persons: 5, rules: { '2_12_017': 1 } };
    answers['POST /api/identification/quality-checks'] = (_, response) => send(response, 202, { jobId: JOB });
    answers[`GET /api/identification/jobs/${JOB}/live`] = (_, response) => live(response, ended({ result }));
    expect(await runJson(['check'])).toMatchObject({ exit: 0, document: result });
  });

  test('household prints the dossier, and names the services that did not answer', async () => {
    const dossier = {
      sections: [{ key: 'basic', title: '基本情况', facts: [{ label: '户主', value: '张三' }] }],
      timeline: [],
      link: '/identification/',
    };
    const answer = {
      householdNumber: '2113820012020001',
      parts: [
        { service: 'identification', absent: false, dossier },
        { service: 'pairing', absent: true, dossier: null },
      ],
    };
    answers['GET /api/households/2113820012020001/dossier'] = (_, response) => send(response, 200, answer);
    expect((await runJson(['household', '2113820012020001'])).document).toEqual(answer);
    const { stdout } = await run(['household', '2113820012020001']);
    expect(stdout).toContain('户主  张三');
    expect(stdout).toContain('pairing');
  });

  test.each([
    [0, { broken: [], absent: [] }],
    [1, { broken: [{ what: 'identification', id: '7', at: AT }], absent: [] }],
    [1, { broken: [], absent: ['pairing'] }],
  ])('audit verify is exit %i for %j', async (exit, found) => {
    const answer = { checked: 10, unsealed: 1, ...found };
    answers['GET /api/audit/verification/all'] = (_, response) => send(response, 200, answer);
    expect(await runJson(['audit', 'verify'])).toMatchObject({ exit, document: answer });
  });

  test('demo roster writes a file without any platform', async () => {
    const args = ['demo', 'roster', '--households', '20', '--seed', '1', '--out', 'demo.csv'];
    const { exit, document } = await runJson(args, {});
    const lines = (await readFile(join(folder, 'demo.csv'), 'utf8')).trimEnd().split('\r\n');
    expect([exit, document.households, document.persons]).toEqual([0, 20, lines.length - 1]);
    expect(seen).toEqual([]);
  });
});

describe('api', () => {
  test('gives the raw answer and the status', async () => {
    const { exit, stdout, stderr } = await run(['api', 'get', '/api/identification/statistics?region=211382000000']);
    expect([exit, JSON.parse(stdout)]).toEqual([0, statistics]);
    expect(stderr).toContain('200 OK');
  });

  test('is exit 1 from 400 up, with the answer still raw', async () => {
    const { exit, stdout, stderr } = await run(['api', 'GET', '/api/nowhere']);
    expect([exit, JSON.parse(stdout)]).toEqual([1, problem(404, 'NOT_FOUND', '没有找到')]);
    expect(stderr).toContain('404 Not Found');
  });

  test.each([
    ['{"a":1}', 'application/json', '{"a":1}'],
    ['@body.json', 'application/json', '{"a":1}'],
    ['@a.csv', 'application/octet-stream', '姓名\r\n'],
  ])('sends %s as %s', async (data, type, body) => {
    answers['POST /api/x'] = (_, response) => send(response, 204, null);
    expect(await run(['api', 'POST', '/api/x', '--data', data])).toMatchObject({ exit: 0, stdout: '' });
    const call = seen.find(({ key }) => key === 'POST /api/x');
    expect(call).toMatchObject({ body, headers: { 'content-type': type, 'x-csrf-token': 't' } });
    expect(call?.headers['idempotency-key']).toBeDefined();
  });
});

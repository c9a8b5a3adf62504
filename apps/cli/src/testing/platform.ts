import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { runCli } from '../program.ts';

/** The import and the job of the answers below. */
export const IMPORT = '019aa000-0000-7000-8000-000000000001';
export const JOB = '019aa000-0000-7000-8000-000000000002';
export const AT = '2026-03-01T00:00:00.000Z';

/** A request as the server of the test saw it. */
export interface Seen {
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = (seen: Seen, response: ServerResponse) => unknown;

export const problem = (status: number, code: string, title: string) => ({
  type: `urn:bangfu:problem:${code}`,
  title,
  status,
  code,
  detail: title,
  instance: 'r-1',
});

/** A running job; `more` changes it. */
export const job = (more: object) => ({
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
export const ended = (more: object = {}) => job({ state: 'done', done: 10, endedAt: AT, ...more });

export const importProblem = (row: number) => ({
  sheet: '花名册',
  row,
  column: '证件号码',
  value: '211***********1234',
  code: 'ID_INVALID',
  severity: 'error',
  message: '校验码不对',
  household: '2113820012020001',
});
/** A problem as the platform answers it: with the village for the screen. */
const answeredProblem = (row: number) => ({ ...importProblem(row), village: '东城街道东五官村' });
export const report = {
  file: { name: 'a.csv', sha256: 'ab' },
  sheets: [{ name: '花名册', headerRow: 1, dataRows: 3, skippedRows: 0 }],
  households: { create: 1, change: 0, unchanged: 0, heldBack: 1 },
  persons: { create: 2, change: 0, move: 0, unchanged: 0, heldBack: 1 },
  columns: { matched: ['姓名'], unknown: ['备注'] },
  problemCounts: { ID_INVALID: 2 },
  quality: { '2_12_017': 1 },
};
export const rosterImport = (state: string) => ({
  id: IMPORT,
  fileName: 'a.csv',
  asOf: '2026-11-22',
  state,
  jobId: JOB,
  report: state === 'checking' ? null : report,
  accountName: '县扶贫办',
  createdAt: AT,
  committedAt: state === 'committed' ? AT : null,
  undoneAt: null,
  version: 1,
});
export const statistics = { households: 2, persons: 5, byStatus: {}, byCause: {}, byCategory: {} };

/** What the server of the test answers, by method and path; each test adds to it or changes it. */
export let answers: Record<string, Answer>;
export let seen: Seen[];
export let url: string;
/** Where the commands are typed. */
export let folder: string;
let server: Server;

/** Answers with JSON; null answers without a body. */
export const send = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(body === null ? undefined : JSON.stringify(body));
};
/** Answers with a stream of events that ends. */
export const live = (response: ServerResponse, ...events: unknown[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n: still\n\n`);
  response.end();
};

/* A real HTTP server on this machine that speaks the contracts, for every test of the file that imports this. */
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
        asOf: '2026-11-22T02:00:00.000Z',
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
          ? { rows: [answeredProblem(3)], total: 2, next: null }
          : { rows: [answeredProblem(2)], total: 2, next: 'two' },
      ),
    [`GET /api/identification/jobs/${JOB}/live`]: (_, response) => live(response, job({}), ended()),
    [`GET /api/identification/jobs/${JOB}`]: (_, response) => send(response, 200, ended()),
  };
});

export const ACCOUNT = { BANGFU_USER: 'county', BANGFU_PASSWORD: 'right' };

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

/** Runs one command line against the server. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = ACCOUNT) {
  const stdout = sink();
  const stderr = sink();
  const streams = { stdout: stdout.stream, stderr: stderr.stream };
  const exit = await runCli(args, { BANGFU_URL: url, INIT_CWD: folder, ...env }, streams);
  return { exit, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs under --json: standard output must be one document. */
export async function runJson(args: readonly string[], env?: NodeJS.ProcessEnv) {
  const { stdout, ...rest } = await run([...args, '--json'], env);
  return { ...rest, document: JSON.parse(stdout) as Record<string, unknown> };
}

export const keys = () => seen.map(({ key }) => key);

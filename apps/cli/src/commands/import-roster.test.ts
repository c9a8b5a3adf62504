import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Problem } from '@bangfu/contracts/core/problem';
import { describe, expect, test } from 'vitest';
import {
  answers,
  ended,
  folder,
  IMPORT,
  importProblem,
  JOB,
  job,
  live,
  problem,
  report,
  rosterImport,
  run,
  runJson,
  seen,
  send,
  url,
} from '../testing/platform.ts';

describe('import roster', () => {
  test('uploads, waits, and prints the one object with all pages of problems; held-back households are no failure', async () => {
    const { exit, document, stderr } = await runJson([
      'import',
      'roster',
      'a.csv',
      '--county',
      '211382',
      '--as-of',
      '2026-11-20',
    ]);
    const { problemCounts: _, ...told } = report;
    expect(exit).toBe(0);
    expect(document).toEqual({
      ...told,
      problems: [importProblem(2), importProblem(3)],
      import: { id: IMPORT, committed: true },
    });
    const upload = seen.find(({ key }) => key === 'POST /api/identification/imports');
    expect(Object.fromEntries(upload?.query ?? [])).toEqual({
      name: 'a.csv',
      commit: 'true',
      county: '211382000000',
      asOf: '2026-11-20',
    });
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

  test('Ctrl-C asks the job to end, waits until it has, and is exit 1', async () => {
    const main = join(import.meta.dirname, '../main.ts');
    const env = { ...process.env, BANGFU_URL: url, BANGFU_KEY: 'k', INIT_CWD: folder };
    const child = spawn(process.execPath, ['--conditions=SOURCE', main, 'import', 'roster', 'a.csv', '--json'], {
      env,
    });
    let watching: ServerResponse | undefined;
    answers[`GET /api/identification/jobs/${JOB}/live`] = (_, response) => {
      watching = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(job({}))}\n\n`);
      child.kill('SIGINT');
    };
    answers[`POST /api/identification/jobs/${JOB}/cancel`] = (_, response) => {
      send(response, 204, null);
      watching?.end(`data: ${JSON.stringify(ended({ state: 'cancelled' }))}\n\n`);
    };
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect([code, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ code: 'JOB_CANCELLED' })]);
    expect(stderr).toContain('正在取消任务');
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

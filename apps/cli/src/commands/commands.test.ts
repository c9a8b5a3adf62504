import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  AT,
  answers,
  ended,
  folder,
  IMPORT,
  JOB,
  live,
  problem,
  run,
  runJson,
  seen,
  send,
  statistics,
} from '../testing/platform.ts';

describe('other commands', () => {
  test('import regions prints what it changed', async () => {
    const regions = { regions: { create: 3, change: 0, unchanged: 1 } };
    const bring = async (warnings: object[]) => {
      answers['POST /api/identification/regions/imports'] = (_, response) =>
        send(response, 200, { ...regions, warnings });
      return await runJson(['import', 'regions', 'a.csv']);
    };
    expect(await bring([])).toMatchObject({ exit: 0, document: regions });
    const unread = { sheet: '说明', row: 0, column: '', value: '说明', code: 'SHEET_UNREAD', message: '没有读这张表' };
    expect(await bring([unread])).toMatchObject({ exit: 0, document: { ...regions, warnings: [unread] } });
  });

  test('import undo prints what the platform says', async () => {
    answers[`POST /api/identification/imports/${IMPORT}/undo`] = (_, response) => send(response, 200, { undone: true });
    expect(await runJson(['import', 'undo', IMPORT])).toMatchObject({ exit: 0, document: { undone: true } });
  });

  test.each([
    ['stats', '/api/identification/statistics'],
    ['export households out.csv', '/api/identification/households/export'],
  ])('%s asks of a past day, and of what was known at an instant', async (typed, path) => {
    answers['GET /api/identification/households/export'] = (_, response) => response.end('户编号\r\n');
    const times = ['--as-of', '2026-03-01', '--known-at', '2026-04-01T08:00:00+08:00'];
    expect((await run([...typed.split(' '), ...times])).exit).toBe(0);
    const asked = seen.filter(({ key }) => key === `GET ${path}`).at(-1);
    expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({
      asOf: '2026-03-01',
      knownAt: '2026-04-01T00:00:00.000Z',
    });
    for (const wrong of [
      ['--as-of', '2026-02-30'],
      ['--known-at', 'gestern'],
    ])
      expect((await run([...typed.split(' '), ...wrong])).exit).toBe(2);
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

  test('check --rules prints what each rule needs, by its id', async () => {
    const rule = { object: 'household', severity: 'error', needs: ['housingArea'], fed: true, refused: null };
    answers['GET /api/identification/quality/rules'] = (_, response) =>
      send(response, 200, { rules: [{ id: '3_02_008', message: '住房面积为空', ...rule }] });
    expect(await runJson(['check', '--rules'])).toMatchObject({ exit: 0, document: { rules: { '3_02_008': rule } } });
    expect((await run(['check', '--rules'])).stdout).toContain('3_02_008  有');
  });

  test('facts prints the catalogue', async () => {
    const fact = {
      key: 'housingArea',
      subject: 'household',
      kind: 'area',
      unit: 'm2',
      dictionary: null,
      labels: { zh: '住房面积', en: 'Housing area' },
      headings: ['住房面积'],
      sensitive: false,
      shared: false,
    };
    answers['GET /api/identification/facts'] = (_, response) => send(response, 200, { facts: [fact] });
    expect(await runJson(['facts'])).toMatchObject({ exit: 0, document: { facts: [fact] } });
    expect((await run(['facts'])).stdout).toContain('住房面积');
  });

  test('redrive adds up what the owners took in; what stays parked is exit 1', async () => {
    for (const owner of ['', '/identification', '/pairing', '/industry', '/training', '/evaluation']) {
      const answer = { applied: 2, remaining: owner === '/pairing' ? 1 : 0 };
      answers[`POST /api${owner}/parked-events/redrive`] = (_, response) => send(response, 200, answer);
    }
    expect(await runJson(['redrive'])).toMatchObject({ exit: 1, document: { applied: 12, remaining: 1 } });
    expect(await runJson(['redrive', 'training'])).toMatchObject({ exit: 0, document: { applied: 2, remaining: 0 } });
    expect((await runJson(['redrive', 'nobody'])).exit).toBe(2);
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
    expect(stdout).toContain('（结对帮扶暂时没有应答）');
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

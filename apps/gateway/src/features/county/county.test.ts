import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ADMIN_PASSWORD,
  type Browser,
  COUNTY,
  openBrowser,
  startTestPlatform,
  type TestPlatform,
} from '../../testing/platform.ts';

let platform: TestPlatform;
let admin: Browser;

const item = (id: string, due: string) => ({
  id,
  kind: 'import-to-commit',
  title: id,
  detail: '',
  due,
  overdue: false,
  link: '/',
});
const problem = (status: number, code: string) => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail: code,
  instance: '1',
});

beforeAll(async () => {
  platform = await startTestPlatform();
  const { upstream } = platform;
  upstream.get('/readyz', (_request, response) => void response.json({ ready: true }));
  upstream.get('/api/identification/home', (_request, response) => {
    response.json({ asOf: '2026-11-22T01:00:00Z', figures: [{ key: 'households', value: 12, unit: 'household' }] });
  });
  upstream.get(
    '/api/pairing/home',
    (_request, response) => void response.json({ asOf: '2026-11-22T00:30:00Z', figures: [] }),
  );
  upstream.get(
    '/api/industry/home',
    (_request, response) => void response.status(403).json(problem(403, 'NOT_GRANTED')),
  );
  // Training never answers; evaluation breaks its contract.
  upstream.get('/api/training/:any', () => undefined);
  upstream.get('/api/evaluation/home', (_request, response) => void response.json({ figures: 'none' }));
  upstream.get('/api/identification/work', (_request, response) => {
    response.json({ items: [item('last', '2026-12-02'), item('later', '2026-12-01')], total: 7 });
  });
  upstream.get(
    '/api/pairing/work',
    (_request, response) => void response.json({ items: [item('sooner', '2026-11-23')], total: 1 }),
  );
  upstream.get('/api/identification/dossiers/:number', (request, response) => {
    if (request.params.number !== '5223-1') response.status(404).json(problem(404, 'NOT_FOUND'));
    else response.json({ sections: [], timeline: [], link: '/identification/households/1' });
  });
  upstream.get('/api/:service/audit/verification', (request, response) => {
    const broken = request.params.service === 'industry' ? [{ what: 'audit entry changed', id: 'x', at: '' }] : [];
    response.json({ checked: 10, unsealed: 1, broken });
  });
  upstream.use((_request, response) => void response.status(404).json(problem(404, 'NOT_FOUND')));
  admin = openBrowser(platform.url);
  await admin.signIn('admin', ADMIN_PASSWORD);
});
afterAll(() => platform?.stop());

test('the county home waits two seconds at most and marks what is absent', async () => {
  const started = performance.now();
  const { body } = await admin.call('GET', '/api/county-home');
  expect(performance.now() - started).toBeLessThan(3500);
  expect(body).toMatchObject({ county: { code: COUNTY }, asOf: '2026-11-22T00:30:00Z' });
  expect(body['parts']).toEqual([
    {
      service: 'identification',
      absent: false,
      home: {
        asOf: '2026-11-22T01:00:00Z',
        figures: [{ key: 'households', value: 12, unit: 'household', link: null }],
      },
    },
    { service: 'pairing', absent: false, home: { asOf: '2026-11-22T00:30:00Z', figures: [] } },
    { service: 'industry', absent: false, home: null },
    { service: 'training', absent: true, home: null },
    { service: 'evaluation', absent: true, home: null },
  ]);
});

test('my work comes by deadline from all services, with their totals', async () => {
  const { body } = await admin.call('GET', '/api/work');
  expect((body['items'] as { id: string; service: string }[]).map(({ id, service }) => `${service}/${id}`)).toEqual([
    'pairing/sooner',
    'identification/later',
    'identification/last',
  ]);
  expect(body).toMatchObject({ total: 8, absent: ['training'] });
});

test('a dossier has the parts of those who know the household', async () => {
  const { status, body } = await admin.call('GET', '/api/households/5223-1/dossier');
  expect(status).toBe(200);
  expect(
    (body['parts'] as { service: string; dossier: unknown }[])
      .filter((part) => part.dossier)
      .map((part) => part.service),
  ).toEqual(['identification']);
});

test('verification adds up all chains and says whose is broken', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1200));
  platform.seen.length = 0;
  const { body } = await admin.call('GET', '/api/audit/verification/all');
  expect(body).toMatchObject({
    unsealed: 5,
    broken: [{ what: 'industry: audit entry changed', id: 'x', at: '' }],
    absent: [],
  });
  expect(body['checked']).toBeGreaterThan(50);
  expect(platform.seen.every((seen) => seen.account?.name === '管理员')).toBe(true);
});

test('the platform is ready when every service is', async () => {
  expect(await admin.call('GET', '/readyz')).toMatchObject({
    status: 200,
    body: { ready: true, services: { evaluation: true } },
  });
});

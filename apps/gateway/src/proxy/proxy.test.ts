import { createHash, randomBytes } from 'node:crypto';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import type { Response } from 'express';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ADMIN_PASSWORD,
  type Browser,
  COUNTY,
  openBrowser,
  startTestPlatform,
  type TestPlatform,
} from '../testing/platform.ts';

const PASSWORD = 'a good secret 7';
let platform: TestPlatform;
let admin: Browser;
/** Answers a service owes. */
const hanging: Response[] = [];

const lastSeen = () => platform.seen.at(-1);

beforeAll(async () => {
  platform = await startTestPlatform();
  platform.upstream.post('/api/identification/upload', (request, response) => {
    const digest = createHash('sha256');
    request.on('data', (chunk: Buffer) => digest.update(chunk));
    request.on('end', () => response.json({ sha256: digest.digest('hex') }));
  });
  platform.upstream.get('/api/identification/live', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: first\n\n');
    response.on('close', () => response.end());
  });
  platform.upstream.get('/api/training/hang', (_request, response) => void hanging.push(response));
  platform.upstream.use(
    (request, response) => void response.status(request.method === 'GET' ? 200 : 201).json({ at: request.originalUrl }),
  );
  admin = openBrowser(platform.url);
  await admin.signIn('admin', ADMIN_PASSWORD);
});
afterAll(() => platform?.stop());

describe('passing calls on', () => {
  test('given a session, then the service sees a valid token with the grants, and neither cookie nor forged headers', async () => {
    const answer = await admin.call('GET', '/api/identification/households?limit=2&search=%E7%94%B2', undefined, {
      'x-request-id': 'my-own-number-1',
      'x-forwarded-host': 'evil.example',
    });
    expect(answer.body).toEqual({ at: '/api/identification/households?limit=2&search=%E7%94%B2' });
    const seen = lastSeen();
    expect(seen?.account).toMatchObject({
      name: '管理员',
      countyCode: COUNTY,
      grants: [{ role: 'system-administrator' }, { role: 'county-office' }],
    });
    expect(seen?.headers).toMatchObject({ 'x-request-id': 'my-own-number-1', 'x-forwarded-for': '127.0.0.1' });
    expect(seen?.headers.cookie).toBeUndefined();
    expect(seen?.headers['x-forwarded-host']).toBeUndefined();
    expect(answer.headers.get('x-request-id')).toBe('my-own-number-1');
  });

  test('given no account, then the call passes without a token, even when it brings one of its own cookie', async () => {
    const stranger = openBrowser(platform.url);
    stranger.cookie = 'bangfu.session_token=forged.signature';
    expect((await stranger.call('GET', '/api/pairing/openapi.json')).status).toBe(200);
    expect(lastSeen()).toMatchObject({ account: null, url: '/api/pairing/openapi.json' });
    expect(lastSeen()?.headers.authorization).toBeUndefined();
    expect(lastSeen()?.headers.cookie).toBeUndefined();
  });

  test('an upload of 20 MB arrives byte for byte', async () => {
    const bytes = randomBytes(20_000_000);
    const answer = await fetch(`${platform.url}/api/identification/upload`, {
      method: 'POST',
      headers: { cookie: admin.cookie, 'x-csrf-token': admin.csrf, 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(await answer.json()).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex') });
  });

  test('a live stream arrives as it is written', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${platform.url}/api/identification/live`, {
      headers: { cookie: admin.cookie },
      signal: stop.signal,
    });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: first\n\n');
    stop.abort();
  });

  test('what is no service is not found', async () => {
    expect((await admin.call('GET', '/api/gateway-internals')).body['code']).toBe('NOT_FOUND');
    expect((await admin.call('GET', '/api/identificationx/households')).body['code']).toBe('NOT_FOUND');
  });
});

describe('accounts that may only look', () => {
  const region = (role: Role): Grant => ({ role, scope: { kind: 'region', code: COUNTY } });
  const evaluator = (until: string): Grant => ({
    role: 'evaluator',
    scope: { kind: 'evaluation', id: 'e1', regions: [COUNTY], services: ['identification'] },
    until,
  });
  const signedIn = async (username: string, grants: readonly Grant[]) => {
    await platform.seed([{ username, name: username, grants, password: PASSWORD }]);
    const browser = openBrowser(platform.url);
    await browser.signIn(username, PASSWORD);
    return browser;
  };

  test('given only grants of evaluator and auditor, then a change is refused before it reaches the service', async () => {
    const browser = await signedIn('looker', [evaluator('2099-01-01T00:00:00Z'), region('auditor')]);
    expect((await browser.call('GET', '/api/identification/households')).status).toBe(200);
    const before = platform.seen.length;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(await browser.call(method, '/api/identification/households', {})).toMatchObject({
        status: 403,
        body: { code: 'NOT_GRANTED' },
      });
    }
    expect(platform.seen).toHaveLength(before);
    const change = { current: PASSWORD, next: 'another secret 8' };
    expect((await browser.call('POST', '/api/session/password', change)).status).toBe(204);
    expect((await browser.call('DELETE', '/api/session')).status).toBe(204);
  });

  test('given another grant beside it, then changes pass', async () => {
    const browser = await signedIn('both', [region('auditor'), region('county-office')]);
    expect((await browser.call('POST', '/api/identification/households', {})).status).toBe(201);
  });

  test('given no grant, then nothing is changed', async () => {
    const browser = await signedIn('nothing', []);
    expect((await browser.call('POST', '/api/identification/households', {})).body['code']).toBe('NOT_GRANTED');
  });
});

test('given a service that answers nothing, then calls beyond a number are refused at once and the others served', async () => {
  const calls = Array.from({ length: 500 }, () => admin.call('GET', '/api/training/hang'));
  await vi.waitFor(() => expect(hanging).toHaveLength(500), { timeout: 20_000 });
  const refused = await admin.call('GET', '/api/training/hang');
  expect(refused).toMatchObject({ status: 503, body: { code: 'BUSY' } });
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await admin.call('GET', '/api/pairing/households')).status).toBe(200);
  for (const response of hanging.splice(0)) response.json({});
  await Promise.all(calls);
  expect((await admin.call('GET', '/api/training/courses')).status).toBe(200);
});

test('given a service that is down, then the call answers 503 and says that nothing was lost', async () => {
  await platform.stopUpstream();
  const answer = await admin.call('GET', '/api/training/courses');
  expect(answer).toMatchObject({ status: 503, body: { code: 'SERVICE_DOWN' } });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const ready = await admin.call('GET', '/readyz');
  expect(ready).toMatchObject({ status: 503, body: { ready: false, services: { gateway: true, training: false } } });
  expect((await admin.call('GET', '/healthz')).status).toBe(200);
});

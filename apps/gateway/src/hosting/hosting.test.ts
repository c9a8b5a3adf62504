import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath } from '@bangfu/contracts/core/operation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/platform.ts';

let platform: TestPlatform;
let folder: string;

/** Lays out a built front. */
function build(name: string): void {
  mkdirSync(join(folder, name, 'assets'), { recursive: true });
  writeFileSync(join(folder, name, 'index.html'), `<!doctype html><title>${name}</title>`);
  writeFileSync(join(folder, name, 'assets', 'main-abc.js'), `"${name}"`);
}

const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(`${platform.url}${path}`, { headers, redirect: 'manual' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bangfu-fronts-'));
  build('portal');
  build('identification');
  writeFileSync(join(folder, 'portal', 'assets', 'main-abc.js.br'), brotliCompressSync('"portal"'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  platform = await startTestPlatform({ BANGFU_FRONTENDS: folder });
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('front ends', () => {
  test('the portal answers at the root and for every address its own router knows', async () => {
    for (const path of ['/', '/accounts', '/audit/verify']) {
      const answer = await get(path);
      expect(await answer.text()).toContain('<title>portal</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('a service’s front answers under its name, and never with the portal’s files', async () => {
    expect((await get('/identification')).headers.get('location')).toBe('/identification/');
    expect(await (await get('/identification/households?search=x')).text()).toContain('<title>identification</title>');
    expect(await (await get('/identification/assets/main-abc.js')).text()).toBe('"identification"');
    expect((await get('/identification/assets/other.js')).status).toBe(404);
    expect((await get('/training/')).status).toBe(404);
  });

  test('hashed assets are kept for good, compressed where the build did so', async () => {
    const plain = await get('/assets/main-abc.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-encoding')).toBeNull();
    const packed = await get('/assets/main-abc.js', { 'accept-encoding': 'br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await packed.text()).toBe('"portal"');
  });

  test('no address leaves the folder', async () => {
    for (const path of ['/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/identification/..%2f..%2fsecret.txt']) {
      expect(await (await get(path)).text()).not.toBe('secret');
    }
  });

  test('pages may run our own scripts only', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  test('an unknown address under /api is a problem, never a page', async () => {
    const answer = await get('/api/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('published documents', () => {
  test('the whole OpenAPI document names every operation by its complete path, without an account', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>;
    };
    for (const op of ALL_OPERATIONS) {
      expect(document.paths[fullPath(op)]?.[op.method.toLowerCase()]?.operationId).toBe(op.id);
    }
    expect(document.paths['/api/session']?.['post']?.security).toEqual([]);
    expect(document.paths['/api/session']?.['get']?.security).not.toEqual([]);
  });

  test('the events are published too, and the page to browse brings its own scripts', async () => {
    expect(await (await get('/api/asyncapi.json')).json()).toMatchObject({ asyncapi: '3.0.0' });
    const page = await (await get('/docs')).text();
    expect(page).not.toMatch(/<script>|https?:\/\//);
    for (const [, path] of page.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)) {
      expect((await get(String(path))).status, path).toBe(200);
    }
  });
});

test('the public front page needs no script', async () => {
  const answer = await get('/public');
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain('<h1>信息公开</h1>');
  expect(page).not.toContain('<script');
  expect((await get('/public/style.css')).headers.get('content-type')).toContain('text/css');
});

test('the county has its own name once its divisions have arrived', async () => {
  const { countyName, countyCode, pool } = platform.gateway.gateway;
  expect(await countyName()).toBe('本县');
  await platform.publish('identification.region.established.v1', {
    id: '0198c0de-0000-7000-8000-000000000001',
    code: countyCode,
    level: 'county',
    name: '示例县',
    parentCode: null,
  });
  await expect.poll(countyName, { timeout: 10_000 }).toBe('示例县');
  expect((await pool.query('SELECT count(*)::int AS n FROM platform.parked_event')).rows).toEqual([{ n: 0 }]);
});

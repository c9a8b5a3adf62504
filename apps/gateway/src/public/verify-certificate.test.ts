import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/platform.ts';

const GENUINE = '211382-2026-000123-X';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  platform.upstream.get('/api/training/public/certificates/:number', (request, response) => {
    const { number } = request.params;
    if (number !== GENUINE) return void response.json({ number, result: 'wrong', certificate: null });
    const holder = '张<b>*明';
    const shown = { courseName: '家政服务', className: '第一期', providerName: '县职教中心', holder };
    const certificate = { ...shown, issuedOn: '2026-06-11', withdrawnOn: null };
    response.json({ number, result: 'valid', certificate });
  });
});
afterAll(() => platform.stop());

const page = async (number: string) => {
  const answer = await fetch(`${platform.url}/public/verify/${number}`, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};

test('a certificate is verified without an account and without script', async () => {
  const { status, text } = await page(GENUINE);
  expect(status).toBe(200);
  for (const shown of ['证书有效', GENUINE, '张&lt;b&gt;*明', '家政服务', '2026-06-11']) expect(text).toContain(shown);
  expect(text).not.toContain('<script');
});

test('a mistyped number is told, and what is no certificate number is no page of this kind', async () => {
  expect((await page('211382-2026-000124-X')).text).toContain('证书编号有误');
  expect((await page('ABC-1')).text).not.toContain('证书编号有误');
});

test('while the service does not answer, the page says so', async () => {
  await platform.stopUpstream();
  expect((await page(GENUINE)).text).toContain('暂时不能核验');
});

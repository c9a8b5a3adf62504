import { json } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';

const ID = '019df124-9600-7035-a2cd-7630d0f6c8fe';
const HASH = 'ab'.repeat(32);
const head = {
  id: ID,
  number: '示〔2026〕12号',
  title: '万元店镇佐杖子村贫困户识别村级公示',
  place: '万元店镇佐杖子村',
  level: 'village',
  openedOn: '2026-04-02',
  until: '2026-04-09',
  status: 'opened',
  households: 2,
  contentHash: HASH,
};
const entry = (position: number, name: string) => ({
  position,
  name,
  village: '佐杖子村',
  objectionOpen: position === 1,
});

let platform: TestPlatform;
const keys: string[] = [];

beforeAll(async () => {
  platform = await startTestPlatform();
  const { upstream } = platform;
  const base = '/api/identification/public';
  upstream.get(`${base}/notices`, (_request, response) => void response.json({ rows: [head], total: 1, next: 'more' }));
  upstream.get(`${base}/notices/:id`, (request, response) => {
    if (request.params['id'] !== ID) return void response.status(404).json({});
    response.json({ ...head, asOf: '2026-04-03T04:00:00.000Z', entries: [entry(1, '<b>甲一</b>'), entry(2, '乙二')] });
  });
  upstream.post(`${base}/notices/:id/objections`, json(), (request, response) => {
    keys.push(String(request.headers['idempotency-key']));
    if (String(request.body.content).length >= 5) {
      response.status(201).json({ receipt: 'ABCD-EFGH-JKMN', filedAt: '2026-04-03T04:00:00.000Z', repeated: false });
      return;
    }
    const problem = { type: 'about:blank', title: 'x', status: 400, code: 'INVALID_INPUT', detail: 'x', instance: '' };
    response.status(400).json(problem);
  });
  upstream.get(`${base}/objections/:receipt`, (request, response) => {
    const answer = { outcome: 'dismissed', answer: '经查不实', answeredAt: '2026-04-05T04:00:00.000Z' };
    const { receipt } = request.params;
    if (receipt !== 'ABCD-EFGH-JKMN') return void response.status(404).json({});
    const { title: noticeTitle, number: noticeNumber } = head;
    response.json({ receipt, noticeTitle, noticeNumber, filedAt: '2026-04-03T04:00:00.000Z', ...answer });
  });
  upstream.get(`${base}/verification`, (request, response) => {
    response.json(request.query['hash'] === HASH ? { intact: true, notice: head } : { intact: false, notice: null });
  });
});
afterAll(() => platform?.stop());

const get = async (path: string) => {
  const answer = await fetch(`${platform.url}${path}`, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};
const post = async (form: Record<string, string>) => {
  const answer = await fetch(`${platform.url}/public/notices/${ID}`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: answer.status, text: await answer.text() };
};

describe('public notices', () => {
  test('the list leads to a notice, its names escaped, with a form for those that may still be objected to', async () => {
    expect((await get('/public')).text).toContain('公示公告');
    expect((await get('/public/notices')).text).toContain(`/public/notices/${ID}`);
    const { text } = await get(`/public/notices/${ID}`);
    expect(text).toContain('&lt;b&gt;甲一&lt;/b&gt;');
    expect(text).not.toContain('<script');
    expect(text).toContain(`/public/verify/${HASH}`);
    expect(text).toContain('<option value="1"');
    expect(text).not.toContain('<option value="2"');
    // Nobody is chosen in advance: an objection in haste would hit the first of the list.
    expect(text).toMatch(/<select [^>]*required><option value="">/);
    expect(text).not.toMatch(/<option [^>]*selected/);
    expect((await get('/public/notices/019df124-9600-7035-a2cd-000000000000')).status).toBe(404);
  });

  test('an objection gives a receipt number; sent twice it is one; without enough words what was typed stays', async () => {
    const form = { key: 'form-1', position: '1', content: '该户在县城有商品房', name: '', phone: '' };
    expect((await post(form)).text).toContain('ABCD-EFGH-JKMN');
    await post(form);
    expect(keys).toEqual(['form-1', 'form-1']);
    const { text } = await post({ ...form, content: '太短"' });
    expect(text).toContain('role="alert"');
    expect(text).toContain('太短&quot;');
  });

  test('the receipt number leads to the answer, another one to a hint', async () => {
    expect((await get('/public/objections?receipt=ABCD-EFGH-JKMN')).text).toContain('经查不实');
    expect((await get('/public/objections?receipt=AAAA-AAAA-AAAA')).text).toContain('没有这个受理编号');
  });

  test('the seal printed on a notice is verified', async () => {
    expect((await get(`/public/verify/${HASH}`)).text).toContain('核验无误');
    expect((await get(`/public/verify?number=${'0'.repeat(64)}`)).text).toContain('没有这个编号的材料');
  });

  test('beyond sixty acts in a quarter of an hour the public is asked to wait, on a page', async () => {
    const form = { key: 'flood', position: '1', content: '该户在县城有商品房' };
    const answers = await Promise.all(Array.from({ length: 61 }, () => post(form)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.text).toContain('没有办成');
  });

  test('while the service is away, the page says so', async () => {
    await platform.stopUpstream();
    const { status, text } = await get('/public/notices');
    expect(status).toBe(503);
    expect(text).toContain('服务暂时不可用');
  });
});

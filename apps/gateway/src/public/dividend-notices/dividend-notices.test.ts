import { json } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';

const ID = '019df124-9600-7035-a2cd-7630d0f6c8fe';
const RECEIPT = 'ABCD-EFGH-JKMN';
const notice = {
  noticeId: ID,
  declarationId: '019df124-9600-7035-a2cd-7630d0f6c8ff',
  from: '2025-01-01',
  to: '2025-12-31',
  entityName: '花菇合作社',
  year: 2025,
  openedAt: '2026-04-01T17:00:00.000Z',
  requiredDays: 7,
  closedAt: null,
  closableFrom: '2026-04-09T16:00:00.000Z',
  villageName: '佐杖子村',
  households: 2,
  totalFen: 43_766,
  contentHash: 'ab'.repeat(32),
  verifyNumber: 'FH-7K2M-9Q4T-X1VB',
};
const line = (lineNumber: number, headName: string, amountFen: number) => ({
  lineNumber,
  headName,
  villageName: '佐杖子村',
  amountFen,
});

let platform: TestPlatform;
const keys: string[] = [];
let found = { seal: 'intact', standing: 'current' as string | null, supersededBy: null as string | null };

beforeAll(async () => {
  platform = await startTestPlatform();
  const { upstream } = platform;
  const base = '/api/industry/public';
  upstream.get(`${base}/dividend-notices`, (_request, response) => {
    response.json({ rows: [notice], total: 1, next: null });
  });
  upstream.get(`${base}/dividend-notices/:id`, (request, response) => {
    if (request.params['id'] !== ID) return void response.status(404).json({});
    const rows = request.query['cursor'] ? [line(2, '乙二', 21_883)] : [line(1, '<b>甲一</b>', 21_883)];
    response.json({ ...notice, lines: { rows, total: 2, next: request.query['cursor'] ? null : 'more' } });
  });
  upstream.post(`${base}/dividend-notices/:id/objections`, json(), (request, response) => {
    keys.push(String(request.headers['idempotency-key']));
    if (String(request.body.text).length >= 5) {
      response.status(201).json({ receipt: RECEIPT, filedAt: '2026-04-03T04:00:00.000Z', repeated: false });
      return;
    }
    const problem = { type: 'about:blank', title: 'x', status: 400, code: 'INVALID_INPUT', detail: 'x', instance: '' };
    response.status(400).json(problem);
  });
  upstream.get(`${base}/dividend-objections/:receipt`, (request, response) => {
    const { receipt } = request.params;
    if (receipt !== RECEIPT) return void response.status(404).json({});
    const found = { receipt, noticeTitle: '花菇合作社 2025 年度入股分红公示', filedAt: '2026-04-03T04:00:00.000Z' };
    response.json({ ...found, outcome: 'dismissed', answer: '经查无误', answeredAt: '2026-04-05T16:30:00.000Z' });
  });
  upstream.get(`${base}/verify/:number`, (request, response) => {
    const { number } = request.params;
    const paper = { kind: 'dividend-list', issuedOn: '2026-04-02', subject: '花菇合作社 2025 年度分红清单' };
    response.json({ number, ...paper, totalFen: 43_766, lines: 2, contentHash: 'ab', ...found });
  });
});
afterAll(() => platform?.stop());

const get = async (path: string) => {
  const answer = await fetch(`${platform.url}${path}`, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};
const post = async (form: Record<string, string>) => {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${platform.url}/public/dividend-notices/${ID}`, { method: 'POST', body });
  return { status: answer.status, text: await answer.text() };
};

describe('given an open dividend notice', () => {
  test('when anyone looks for it, then list and page show names, villages and sums, by days of Shanghai', async () => {
    expect((await get('/public')).text).toContain('/public/dividend-notices');
    const list = (await get('/public/dividend-notices')).text;
    for (const shown of [`/public/dividend-notices/${ID}`, '437.66', '2026-04-02 张贴']) expect(list).toContain(shown);
    const { text } = await get(`/public/dividend-notices/${ID}`);
    for (const shown of [
      '&lt;b&gt;甲一&lt;/b&gt;',
      '218.83',
      '2026-04-10 00:00',
      `/public/verify/${notice.verifyNumber}`,
    ])
      expect(text).toContain(shown);
    expect(text).not.toContain('<script');
    expect((await get(`/public/dividend-notices/${ID}?after=more`)).text).toContain('乙二');
  });

  test('when anyone objects, then he gets a receipt number; twice it is one; too short, what he wrote stays', async () => {
    const form = { key: 'form-1', content: '我家的股金写少了' };
    expect((await post(form)).text).toContain(RECEIPT);
    await post(form);
    expect(keys).toEqual(['form-1', 'form-1']);
    const { text } = await post({ ...form, content: '太短"' });
    expect(text).toContain('role="alert"');
    expect(text).toContain('太短&quot;');
  });

  test('when the receipt number is asked for, then the answer is read where all objections are', async () => {
    const { text } = await get(`/public/objections?receipt=${RECEIPT}`);
    for (const shown of ['经查无误', '2026-04-06 00:30', '花菇合作社 2025']) expect(text).toContain(shown);
    expect((await get('/public/objections?receipt=AAAA-AAAA-AAAA')).text).toContain('没有这个受理编号');
  });

  test('when it hangs no more, then the page says so and leads on', async () => {
    const { status, text } = await get('/public/dividend-notices/019df124-9600-7035-a2cd-000000000000');
    expect(status).toBe(404);
    expect(text).toContain('没有正在进行的这个公示');
  });

  test('when its list is verified, then only what was computed again is called genuine', async () => {
    const address = `/public/verify/${notice.verifyNumber}`;
    expect((await get(address)).text).toContain('核验无误');
    for (const [seal, standing, supersededBy, words] of [
      ['broken', null, null, '内容与封存时不一致'],
      ['unknown', null, null, '无法核验'],
      ['unknown', 'superseded', 'FH-AAAA-BBBB-CCCC', '/public/verify/FH-AAAA-BBBB-CCCC'],
    ] as const) {
      found = { seal, standing, supersededBy };
      const { text } = await get(address);
      expect(text).toContain(words);
      expect(text).not.toContain('核验无误');
    }
    found = { seal: 'intact', standing: 'superseded', supersededBy: 'FH-AAAA-BBBB-CCCC' };
    const { text } = await get(address);
    for (const words of ['核验无误', '已被新的一版取代', '/public/verify/FH-AAAA-BBBB-CCCC'])
      expect(text).toContain(words);
    found = { seal: 'intact', standing: 'changed', supersededBy: null };
    expect((await get(address)).text).toContain('又有新的发放或更正');
  });
});

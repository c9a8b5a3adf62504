import { json } from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';

let platform: TestPlatform;
const sent: unknown[] = [];

beforeAll(async () => {
  platform = await startTestPlatform();
  platform.upstream.post('/api/training/public/satisfaction', json(), (request, response) => {
    sent.push(request.body);
    if (request.body.code === 'ABCD-EFGH-JKMN')
      return void response.json({ className: '第<一>期', courseName: '家政服务' });
    const detail = '没有这个评价码，请对照评价条逐位核对后重新输入';
    response
      .status(422)
      .json({ type: 'about:blank', title: detail, status: 422, code: 'RATING_CODE_UNKNOWN', detail, instance: '' });
  });
});
afterAll(() => platform?.stop());

const ADDRESS = '/public/satisfaction';
const submit = async (form: Record<string, string>) => {
  const answer = await fetch(`${platform.url}${ADDRESS}`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, text: await answer.text() };
};

test('a participant rates a class by the code of the slip, without an account and without script', async () => {
  const front = await (await fetch(`${platform.url}/public`)).text();
  expect(front).toContain(`href="${ADDRESS}"`);
  const page = await (await fetch(`${platform.url}${ADDRESS}`)).text();
  for (const part of ['评价码', '很满意', '很不满意', 'method="post"']) expect(page).toContain(part);
  expect(page).not.toContain('<script');
  const { text } = await submit({ code: ' ABCD-EFGH-JKMN ', score: '4' });
  expect(text).toContain('家政服务');
  expect(text).toContain('第&lt;一&gt;期');
  expect(sent).toEqual([{ code: 'ABCD-EFGH-JKMN', score: 4 }]);
});

test('what is missing or wrong is said on the form, which keeps the code', async () => {
  for (const form of [
    {},
    { code: 'X' },
    { code: 'X', score: '6' },
    { score: '3' },
    { code: 'x'.repeat(41), score: '3' },
  ]) {
    expect((await submit(form as Record<string, string>)).text).toContain('role="alert"');
  }
  expect(sent).toHaveLength(1);
  const { text } = await submit({ code: 'ABCD-EFGH-"><b>', score: '3' });
  expect(text).toContain('没有这个评价码');
  expect(text).toContain('value="ABCD-EFGH-&quot;&gt;&lt;b&gt;"');
});

test('whoever tries codes is stopped, and while the service does not answer the page does not say it did nothing', async () => {
  let last = { status: 0, text: '' };
  for (let i = 0; i < 60 && last.status !== 429; i++) last = await submit({ code: `X${i}`, score: '3' });
  expect(last.status).toBe(429);
});

import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath } from '@bangfu/contracts/core/operation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/platform.ts';

const TYPED = ALL_OPERATIONS.filter(({ byTypedNumber }) => byTypedNumber);
const TRIES = 200;
const LOOKS = 600;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  platform.upstream.use((_request, response) => void response.status(404).json({ status: 404, code: 'NOT_FOUND' }));
});
afterAll(() => platform.stop());

/** Asks as somebody at an address that a proxy on this machine names; some at once. */
async function ask(paths: readonly string[], from: (at: number) => string) {
  const answers: { status: number; retryAfter: string | null }[] = [];
  for (let at = 0; at < paths.length; at += 20) {
    const some = paths.slice(at, at + 20).map(async (path, i) => {
      const answer = await fetch(platform.url + path, { headers: { 'x-forwarded-for': from(at + i) } });
      await answer.arrayBuffer();
      return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
    });
    answers.push(...(await Promise.all(some)));
  }
  return answers;
}
const refusedOf = (answers: Awaited<ReturnType<typeof ask>>) => answers.filter(({ status }) => status === 429);

describe('given somebody without an account who asks without end', () => {
  test('when he walks through numbers of papers, by any call and page, then he has so many tries and others have theirs', async () => {
    const paths = Array.from({ length: TRIES + 10 }, (_, at) => {
      const op = TYPED[at % TYPED.length];
      const isPage = at % 7 === 0;
      return isPage || !op ? `/public/verify/FH-0000-0000-0${at + 100}` : fullPath(op).replace(/\{\w+\}/g, `N${at}`);
    });
    const refused = refusedOf(await ask(paths, (at) => `2001:db8::${at.toString(16)}`));
    expect(refused).toHaveLength(10);
    expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
    expect(refusedOf(await ask(paths.slice(0, 3), () => '2001:db8:1::1'))).toEqual([]);
  });

  test('when he looks at everything without end, then a minute has so many looks and others have theirs', async () => {
    const paths = Array.from({ length: LOOKS + 15 }, (_, at) => (at % 2 ? '/public' : '/api/session'));
    const refused = refusedOf(await ask(paths, () => '203.0.113.7'));
    expect(refused).toHaveLength(15);
    expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0 && Number(retryAfter) <= 60)).toBe(true);
    expect(refusedOf(await ask(paths.slice(0, 2), () => '203.0.113.8'))).toEqual([]);
  });
});

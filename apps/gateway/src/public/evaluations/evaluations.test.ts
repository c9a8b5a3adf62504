import type { PublicEvaluation } from '@bangfu/contracts/evaluation/public';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';

const hash = (digit: string) => digit.repeat(64);
const at = '2026-07-01T02:00:00.000Z';
const evaluation: PublicEvaluation = {
  id: '019df124-9600-7035-a2cd-7630d0f6c8fe',
  name: '<b>年度</b>第三方评估',
  frameDate: '2026-06-30',
  regions: ['522325000000'],
  design: { villages: 4, take: { 'registered-poor': 1, exited: 2, monitored: 0, general: 2 }, replacements: 1 },
  frame: { hash: hash('1'), households: 40, persons: 80, registerHash: hash('2'), frozenAt: at },
  seedPlan: { kind: 'evaluator', commitment: hash('3') },
  seed: { text: 'c0ffee00c0ffee00c0ffee00', source: null, publishedAt: at },
  sample: { hash: hash('4'), villages: 4, households: 20, replacements: 12, drawnAt: at },
  signer: { fingerprint: hash('5'), registeredAt: at },
  earlierSeeds: [
    {
      evaluationId: '019df124-9600-7035-a2cd-7630d0f6c8ff',
      name: '第一次',
      seed: 'an-earlier-seed-0000001',
      publishedAt: at,
    },
  ],
};
const frozen: PublicEvaluation = {
  ...evaluation,
  id: '019df124-9600-7035-a2cd-7630d0f6c900',
  seedPlan: { kind: 'public-event', event: '福利彩票', day: '2026-07-01' },
  seed: null,
  sample: null,
  signer: null,
  earlierSeeds: [],
};

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  platform.upstream.get('/api/evaluation/public/evaluations', (request, response) => {
    const rows = request.query['cursor'] ? [frozen] : [evaluation];
    response.json({ rows, total: 2, next: request.query['cursor'] ? null : 'more' });
  });
});
afterAll(() => platform?.stop());

const textOf = async (path: string) => {
  const answer = await fetch(`${platform.url}${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};

describe('given evaluations, when anybody reads about them without an account', () => {
  test('then the front page leads to their hashes, and the page shows every one of them without script', async () => {
    expect(await textOf('/public')).toContain('<a href="/public/evaluations">');
    const page = await textOf('/public/evaluations');
    const { frame, seed, sample, signer, earlierSeeds } = evaluation;
    for (const text of [frame.hash, frame.registerHash, hash('3'), seed?.text, sample?.hash, signer?.fingerprint])
      expect(page).toContain(text);
    expect(page).toContain(earlierSeeds[0]?.seed);
    expect(page).toContain('2026-07-01 10:00');
    expect(page).toContain('持有抽样框和种子的人都能算出样本');
    expect(page).toContain('&lt;b&gt;年度&lt;/b&gt;');
    expect(page).not.toContain('<script');
    const next = await textOf('/public/evaluations?after=more');
    expect(next).toContain('福利彩票，2026-07-01');
    expect(next).toContain('尚未抽取');
  });

  test('then the same is an operation of the whole platform', async () => {
    const answer = JSON.parse(await textOf('/api/public/evaluations')) as { rows: unknown[] };
    expect(answer).toEqual({ rows: [evaluation], total: 2, next: 'more' });
  });
});

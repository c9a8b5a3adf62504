import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { filledWith, serveAllOperations, valueOf } from '../testing/all-operations.ts';
import { validValue } from '../testing/valid-input.ts';
import { openPublicAnswers } from './public-answers.ts';

let server: Server | undefined;
afterEach(() => {
  vi.useRealTimers();
  server?.close();
});

const READS = ALL_OPERATIONS.filter((op) => op.method === 'GET' && (op.answers ?? 'json') === 'json');

describe('given every read that answers JSON', { timeout: 60_000 }, () => {
  it('when many ask the same at once, then a public one is made once, and every other for each who asks', async () => {
    const made = new Map<string, number>();
    const served = await serveAllOperations(
      (op) => async () => {
        made.set(op.id, (made.get(op.id) ?? 0) + 1);
        await setTimeout(20);
        return validValue(op.answer);
      },
      { publicAnswers: openPublicAnswers(() => new Date()) },
    );
    server = served.server;
    for (const op of READS) {
      const words = new URLSearchParams(valueOf(op.query)).toString();
      const address = `${served.address}${filledWith(op, valueOf(op.params))}${words && `?${words}`}`;
      const answers = await Promise.all([1, 2, 3].map(() => fetch(address)));
      const texts = await Promise.all(answers.map((each) => each.text()));
      // Where no valid input can be made up, nothing is made.
      if (answers.every(({ status }) => status === 400)) continue;
      expect([op.id, ...new Set(answers.map(({ status }) => status))]).toEqual([op.id, 200]);
      if (op.access === 'public') expect(new Set(texts).size).toBe(1);
    }
    const tried = READS.filter(({ id }) => made.has(id));
    const once = tried.filter(({ id }) => made.get(id) === 1);
    expect(once).toEqual(tried.filter(({ access }) => access === 'public'));
    expect(once.length).toBeGreaterThan(7);
    expect(tried.length).toBeGreaterThan(60);
  });
});

describe('given answers to the public', () => {
  const counted = () => {
    let made = 0;
    return { make: async () => `answer ${(made += 1)}`, count: () => made };
  };

  it('when one is asked for again within two seconds, then it is the same; later it is made again', async () => {
    vi.useFakeTimers();
    const answers = openPublicAnswers(() => new Date());
    const { make } = counted();
    expect(await answers.of('a', make)).toBe('answer 1');
    vi.advanceTimersByTime(1900);
    expect(await answers.of('a', make)).toBe('answer 1');
    expect(await answers.of('b', make)).toBe('answer 2');
    vi.advanceTimersByTime(200);
    expect(await answers.of('a', make)).toBe('answer 3');
  });

  it('when something changes while one is made, then it is not given to who asks afterwards', async () => {
    const answers = openPublicAnswers(() => new Date());
    const gate = Promise.withResolvers<string>();
    const before = answers.of('a', () => gate.promise);
    answers.clear();
    const after = answers.of('a', async () => 'new');
    gate.resolve('old');
    expect(await before).toBe('old');
    expect(await after).toBe('new');
    expect(await answers.of('a', async () => 'newer')).toBe('new');
  });

  it('when making one fails, then all who wait learn it and the next call makes it again', async () => {
    const answers = openPublicAnswers(() => new Date());
    const fails = () => Promise.reject(new Error('away'));
    const both = await Promise.allSettled([answers.of('a', fails), answers.of('a', fails)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await answers.of('a', async () => 'there')).toBe('there');
  });

  it('when the business clock is moved, then nothing of the other time is given', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const answers = openPublicAnswers(() => now);
    expect(await answers.of('a', async () => 'then')).toBe('then');
    now = new Date('2026-01-08T00:00:00Z');
    expect(await answers.of('a', async () => 'now')).toBe('now');
  });
});

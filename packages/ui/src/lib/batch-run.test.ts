import { ProblemError } from '@bangfu/contracts/core/problem';
import { describe, expect, it } from 'vitest';
import { beginBatch, type BatchSending, type BatchState, collectKeys, runBatch } from './batch-run.ts';

const KEYS = Array.from({ length: 10 }, (_, at) => `r${at}.1`);
const refusal = (errors?: { path: string; message: string }[], status = 422) =>
  new ProblemError({
    type: '',
    title: '不能办理',
    status,
    code: 'NO',
    detail: '不能办理',
    instance: '',
    ...(errors && { errors }),
  });

/** A command of four at most that refuses some records, as a service does: all of a portion or none. */
function platform(bad: readonly string[], more: Partial<BatchSending> & { readonly isNaming?: boolean } = {}) {
  const sent: (readonly string[])[] = [];
  const acts: string[] = [];
  const { isNaming = true, ...rest } = more;
  const sending: BatchSending = {
    portion: 4,
    recordOf: (key) => key.slice(0, key.indexOf('.')),
    send: (keys, act) => {
      sent.push(keys);
      acts.push(act);
      const wrong = keys.filter((key) => bad.includes(key));
      if (wrong.length === 0) return Promise.resolve();
      const errors = wrong.map((key) => ({ path: key.slice(0, 2), message: `${key} 不行` }));
      return Promise.reject(refusal(isNaming ? errors : undefined));
    },
    ...rest,
  };
  const run = (state: BatchState, signal = new AbortController().signal) =>
    runBatch(state, sending, signal, () => undefined);
  return { sending, sent, acts, run };
}

describe('given a batch over all pages', () => {
  it('when it is sent, then in portions, each under a key of its own', async () => {
    const { sending, sent, acts, run } = platform([]);
    const state = await run(beginBatch(KEYS, sending));
    expect(state).toMatchObject({ done: 10, refused: [], left: [], problem: null });
    expect(sent.map((keys) => keys.length)).toEqual([4, 4, 2]);
    expect(new Set(acts).size).toBe(3);
  });

  it('when records are refused by name, then the others of their portion are done, and each has its reason', async () => {
    const { sending, sent, run } = platform(['r1.1', 'r2.1', 'r9.1']);
    const state = await run(beginBatch(KEYS, sending));
    expect(state.done).toBe(7);
    expect(state.refused).toEqual(['r1.1', 'r2.1', 'r9.1'].map((key) => ({ key, reason: `${key} 不行` })));
    expect(sent[1]).toEqual(['r0.1', 'r3.1']);
  });

  it('when a refusal names none, then halves find whom it means', async () => {
    const { sending, run } = platform(['r6.1'], { isNaming: false });
    const state = await run(beginBatch(KEYS, sending));
    expect(state).toMatchObject({ done: 9, refused: [{ key: 'r6.1', reason: '不能办理' }], left: [] });
  });

  it('when what a portion makes must not become several, then it is refused as a whole', async () => {
    const { sending, sent, run } = platform(['r6.1'], { isNaming: false, isDivisible: false });
    const state = await run(beginBatch(KEYS, sending));
    expect([state.done, state.refused.map(({ key }) => key), sent.length]).toEqual([6, KEYS.slice(4, 8), 3]);
  });

  it('when it is stopped between two portions, then what is done stays and the rest can be gone on with', async () => {
    const control = new AbortController();
    const { sending, sent, run } = platform([]);
    const send: BatchSending['send'] = async (keys, act) => {
      await sending.send(keys, act);
      control.abort();
    };
    const stopped = await runBatch(beginBatch(KEYS, sending), { ...sending, send }, control.signal, () => undefined);
    expect([stopped.done, stopped.left.length, sent.length]).toEqual([4, 2, 1]);
    expect((await run(stopped)).done).toBe(10);
    expect(sent.flat()).toEqual(KEYS);
  });

  it('when the line goes, then it ends there, and the same portion goes again under the same key', async () => {
    let isAway = true;
    const { sending, acts, run } = platform([]);
    const flaky: BatchSending = {
      ...sending,
      send: async (keys, act) => {
        await sending.send(keys, act);
        if (isAway && acts.length === 2) throw new TypeError('the line is gone');
      },
    };
    const ended = await runBatch(beginBatch(KEYS, flaky), flaky, new AbortController().signal, () => undefined);
    expect([ended.done, ended.left.length, ended.problem?.code]).toEqual([4, 2, 'NOT_REACHABLE']);
    isAway = false;
    expect((await run(ended)).done).toBe(10);
    expect(acts[2]).toBe(acts[1]);
  });

  it('when pages are collected, then a record that moved between them comes once', async () => {
    const found: number[] = [];
    async function* pages() {
      yield ['a', 'b'];
      yield await Promise.resolve(['b', 'c']);
    }
    expect(
      await collectKeys(
        pages(),
        (key) => key,
        (n) => found.push(n),
      ),
    ).toEqual(['a', 'b', 'c']);
    expect(found).toEqual([2, 3]);
  });
});

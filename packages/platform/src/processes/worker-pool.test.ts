import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { KIT_MESSAGES } from '../http/messages.ts';
import { type Lost, type WorkerProcess, workerPool } from './worker-pool.ts';

const MB = 2 ** 20;
/** Enough for the runtime itself, which takes its share before anything is asked of it. */
const MEMORY_MB = 600;
const LOW_MB = 150;

type Asked = { readonly grow: 'slowly' | 'in one leap' } | { readonly echo: string };
type Answer = { readonly echo: string } | { readonly grown: number };
type Worker = WorkerProcess<Asked, Answer>;

const folder = mkdtempSync(join(tmpdir(), 'workers-'));
const program = join(folder, 'program.mjs');
// Memory outside of the heap, which the runtime's own ceiling does not see.
writeFileSync(
  program,
  `const kept = [];
  process.on('message', async (asked) => {
    if (asked.grow === 'in one leap') kept.push(Buffer.alloc(${2 * MEMORY_MB * MB}, 1));
    for (let at = 0; asked.grow === 'slowly' && at < 24; at++) {
      kept.push(Buffer.alloc(${10 * MB}, 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    process.send(asked.grow ? { grown: kept.length } : asked);
  });`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const makePool = (maxWaiting = 2) =>
  workerPool<Asked, Answer>({
    program: pathToFileURL(program),
    max: 2,
    maxWaiting,
    busyCode: 'READERS_BUSY',
    memoryMb: MEMORY_MB,
  });

/** What becomes of one piece of work: its answer, or why there is none. */
const outcome = (worker: Worker, asked: Asked, memoryMb?: number) =>
  new Promise<Answer | Lost>((resolve) => {
    worker.use(resolve, resolve, memoryMb);
    worker.send(asked);
  });
/** A worker of a pool that has answered once, so that what ends it later is not its start. */
async function running(pool = makePool()): Promise<Worker> {
  const worker = await pool.take();
  expect(await outcome(worker, { echo: 'one' })).toEqual({ echo: 'one' });
  worker.release();
  expect(await pool.take()).toBe(worker);
  return worker;
}
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!existsSync('/proc/self/statm'))('given a worker process with a ceiling of memory', () => {
  it('when it grows beyond it little by little, then it is ended, and its user is given the reason', async () => {
    const worker = await running();
    expect(await outcome(worker, { grow: 'slowly' }, LOW_MB)).toBe('memory');
    worker.release();
  });

  it('when it grows in one leap, then it does not get the memory', async () => {
    const worker = await running();
    // The looks at it would see nothing wrong.
    expect(['memory', 'ended']).toContain(await outcome(worker, { grow: 'in one leap' }, 100 * MEMORY_MB));
    worker.release();
  });

  it('when it stays below, then it is used again', async () => {
    const worker = await running();
    expect(await outcome(worker, { echo: 'two' })).toEqual({ echo: 'two' });
    worker.kill(new Error('done'));
  });
});

describe('given a pool of two workers in which two may wait', () => {
  it('when more come, then the next is refused in words, and those that wait get a worker in their order', async () => {
    const pool = makePool();
    const first = [await pool.take(), await pool.take()];
    const order: string[] = [];
    const waiting = ['third', 'fourth'].map(async (name) => {
      const worker = await pool.take();
      order.push(name);
      return worker;
    });
    await expect(pool.take()).rejects.toMatchObject({ status: 503, code: 'READERS_BUSY' });
    expect(KIT_MESSAGES).toHaveProperty('READERS_BUSY');
    await soon(50);
    expect(order).toEqual([]);
    // One worker is given back, the other one ends: both make room.
    first[0]?.release();
    await soon(50);
    expect(order).toEqual(['third']);
    first[1]?.kill(new Error('done'));
    for (const worker of await Promise.all(waiting)) worker.kill(new Error('done'));
    expect(order).toEqual(['third', 'fourth']);
  });

  it('when one that waits is cancelled, then its place is free for another', async () => {
    const pool = makePool(1);
    const first = [await pool.take(), await pool.take()];
    const leaving = new AbortController();
    const left = pool.take(leaving.signal);
    await expect(pool.take()).rejects.toMatchObject({ code: 'READERS_BUSY' });
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const next = pool.take();
    for (const worker of first) worker.kill(new Error('done'));
    (await next).kill(new Error('done'));
  });
});

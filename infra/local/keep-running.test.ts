import { afterEach, describe, expect, it, vi } from 'vitest';
import { type KeptServer, keepServer } from '../kafka/keeper.ts';
import { type KeptRunning, keepRunning } from './keep-running.ts';

const READY = 'up';
const serve = (program: string) =>
  keepServer({
    command: process.execPath,
    args: ['-e', program],
    stopSignal: 'SIGTERM',
    readyLine: READY,
    readyWithinMs: 20_000,
  });
const server = () => serve(`console.log('${READY}'); setInterval(() => {}, 1000)`);
const broken = () => serve('process.exit(3)');

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('given a server that is kept running', () => {
  let kept: KeptRunning<KeptServer> | undefined;
  afterEach(() => kept?.stop());

  it('when it is killed, then another is started, and told of the one before; when stopped, none is', async () => {
    const told: (number | null)[] = [];
    let starts = 0;
    kept = await keepRunning('server', (before) => {
      told.push(before?.pid ?? null);
      starts += 1;
      // The first restart fails, as when the dead server's children have not all gone.
      return starts === 2 ? broken() : server();
    });
    const first = kept.current().pid;
    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => kept?.current().pid !== first, { timeout: 20_000 });
    expect(told).toEqual([null, first, first]);

    const second = kept.current().pid;
    expect(isAlive(second)).toBe(true);
    await kept.stop();
    expect(isAlive(second)).toBe(false);
    expect(starts).toBe(3);
  }, 60_000);

  it('when its first start fails, then that is told', async () => {
    await expect(keepRunning('server', broken)).rejects.toThrow('ended before it was ready');
  });
});

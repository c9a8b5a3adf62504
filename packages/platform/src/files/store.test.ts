import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { DomainError } from '@bangfu/domain/shared/errors';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDataKeys } from '../secrets/data-keys.ts';
import { diskFileStore } from './store.ts';

const LIMIT = 1000;
const folder = mkdtempSync(join(tmpdir(), 'store-'));
const newKey = () => randomBytes(32).toString('base64');
const keys = readDataKeys(newKey());
const store = diskFileStore(folder, keys, 'test');
/** One kept connection, as the gateway keeps some to every service. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server: Server;

beforeAll(async () => {
  server = createServer((incoming, answer) => {
    store.put(incoming, LIMIT).then(
      ({ sha256 }) => answer.end(sha256),
      (error: Error) => answer.writeHead(413).end(error.message),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  agent.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

async function upload(bytes: Buffer): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', method: 'POST', agent, timeout: 3_000 });
  sent.on('timeout', () => sent.destroy(new Error('no answer')));
  sent.end(bytes);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: (await buffer(answer)).toString() };
}

describe('given a disk that is almost full', () => {
  it('when files are brought, then they are refused and nothing is kept of them; when there is room, they are taken', async () => {
    let free = 10 * 1024 * 1024;
    const place = mkdtempSync(join(tmpdir(), 'store-low-'));
    const low = diskFileStore(place, readDataKeys(newKey()), 'test', async () => free);
    const put = () => low.put(Readable.from([randomBytes(100)]), LIMIT);
    await expect(put()).rejects.toMatchObject({ status: 507, code: 'DISK_LOW' });
    expect(await low.room()).toEqual({ freeBytes: free, isLow: true });
    expect(readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
    free = 10 ** 10;
    expect((await put()).size).toBe(100);
    // It fills while a large one is on its way.
    const large = Readable.from(
      (async function* () {
        yield randomBytes(9 * 1024 * 1024);
        free = 0;
        yield randomBytes(9 * 1024 * 1024);
      })(),
    );
    await expect(low.put(large, 10 ** 9)).rejects.toMatchObject({ status: 507, code: 'DISK_LOW' });
    rmSync(place, { recursive: true });
  });
});

describe('given a file store behind a kept connection', () => {
  it('when a file is beyond the limit, then nothing is kept of it and the next one is taken', async () => {
    expect(await upload(randomBytes(300_000))).toEqual({ status: 413, text: 'FILE_TOO_LARGE' });
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
    const bytes = randomBytes(LIMIT);
    const { status, text } = await upload(bytes);
    expect(status).toBe(200);
    expect(await buffer(await store.read(text))).toEqual(bytes);
  });

  it('when many are refused at their first byte, then nothing is left of them that moment', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () => store.put(Readable.from([randomBytes(10)]), 1)),
    );
    const refused = all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as DomainError).code] : []));
    expect(refused).toEqual(Array(50).fill('FILE_TOO_LARGE'));
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });
});

describe('given a file that is kept', () => {
  const openFiles = () => readdirSync('/proc/self/fd').length;

  it.skipIf(!existsSync('/proc/self/fd'))('when its readers go away at once, then no file stays open', async () => {
    const { sha256 } = await store.put(Readable.from([randomBytes(500_000)]), 1_000_000);
    const before = openFiles();
    for (let reader = 0; reader < 20; reader++) {
      const body = await store.read(sha256);
      await once(body, 'readable');
      body.destroy();
    }
    for (let look = 0; look < 50 && openFiles() > before; look++) await pause(20);
    expect(openFiles()).toBeLessThanOrEqual(before);
  });

  it.each(['a little', 'much', 'nothing'])(
    'when another one that holds %s lies under its name, then it is not read, copied or sealed again',
    async (what) => {
      const [own, other] = [randomBytes(100), randomBytes({ 'a little': 20, much: 300_000, nothing: 0 }[what] ?? 0)];
      const [kept, moved] = [
        await store.put(Readable.from([own]), LIMIT),
        await store.put(Readable.from([other]), 1_000_000),
      ];
      const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
      copyFileSync(pathOf(moved.sha256), pathOf(kept.sha256));
      const refusal = /holds something else/;
      await expect(store.read(kept.sha256).then(buffer)).rejects.toThrow(refusal);
      const copied = vi.fn(async () => {});
      await expect(store.withPlainCopy(kept.sha256, copied)).rejects.toThrow(refusal);
      expect(copied).not.toHaveBeenCalled();
      await expect(store.reseal(kept.sha256)).rejects.toThrow(refusal);
      expect(await buffer(await store.read(moved.sha256))).toEqual(other);
      await store.delete(kept.sha256);
    },
  );

  it('when another service of the same installation reads it, then its key does not open it', async () => {
    const { sha256 } = await store.put(Readable.from([randomBytes(100)]), LIMIT);
    await expect(diskFileStore(folder, keys, 'other').read(sha256).then(buffer)).rejects.toThrow(/authenticate/);
    await expect(diskFileStore(folder, keys, 'test').read(sha256).then(buffer)).resolves.toHaveLength(100);
  });

  it('when the process before was killed with a plain copy open, then the copy is gone and the file is not', async () => {
    const kept = Buffer.from('kept');
    const { sha256 } = await store.put(Readable.from([kept]), LIMIT);
    mkdirSync(join(folder, 'incoming'), { recursive: true });
    writeFileSync(join(folder, 'incoming', 'plain'), 'a roster');
    await store.clearLeftovers();
    expect(existsSync(join(folder, 'incoming'))).toBe(false);
    expect(await buffer(await store.read(sha256))).toEqual(kept);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bangfu-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (text: string) => Buffer.from(`${text}\n`);
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('given the log of a process', () => {
  it('then only its owner reads it, also one of an earlier version', () => {
    const file = join(folder, 'logs', 'one.log');
    openLogFile(file).write(line('a'));
    expect([mode(join(folder, 'logs')), mode(file)]).toEqual(['700', '600']);
    const old = join(folder, 'logs', 'old.log');
    writeFileSync(old, 'before\n', { mode: 0o644 });
    const log = openLogFile(old);
    log.write(line('after'));
    log.close();
    expect(mode(old)).toBe('600');
    expect(readFileSync(old, 'utf8')).toBe('before\nafter\n');
  });

  it('when it grows, then it is begun again in time and the last few are kept, whole lines in each', () => {
    const file = join(folder, 'grows.log');
    const log = openLogFile(file, { bytes: 100 });
    for (let n = 0; n < 100; n++) log.write(line(`line ${n} of a long day`));
    const kept = readdirSync(folder).sort();
    expect(kept).toEqual(['grows.log', 'grows.log.1', 'grows.log.2', 'grows.log.3', 'grows.log.4']);
    for (const each of kept) {
      expect(statSync(join(folder, each)).size).toBeLessThanOrEqual(100);
      expect(readFileSync(join(folder, each), 'utf8')).toMatch(/^(line \d+ of a long day\n)+$/);
    }
    expect(readFileSync(file, 'utf8')).toContain('line 99 ');
  });

  it('when the disk has no room, then lines are dropped and counted, and it goes on when there is room', () => {
    const file = join(folder, 'full.log');
    let full = false;
    const write = (handle: number, chunk: Buffer, at: number) => {
      if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      return writeSync(handle, chunk, at);
    };
    const log = openLogFile(file, { write: write as typeof writeSync });
    log.write(line('before'));
    full = true;
    for (let n = 0; n < 5; n++) log.write(line('lost'));
    full = false;
    log.write(line('after'));
    log.write(line('later'));
    const [first, , note, ...rest] = readFileSync(file, 'utf8').split('\n');
    expect([first, ...rest]).toEqual(['before', 'after', 'later', '']);
    expect(JSON.parse(note ?? '')).toMatchObject({ dropped: 5, reason: 'ENOSPC' });
  });

  it('when it is a device that is always full, then nothing is thrown', () => {
    const log = openLogFile(join(folder, 'dev.log'), {
      write: ((_to: number, chunk: Buffer) => writeFileSync('/dev/full', chunk)) as never,
    });
    expect(() => log.write(line('a'))).not.toThrow();
  });
});

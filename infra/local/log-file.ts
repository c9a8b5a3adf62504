import {
  closeSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  chmodSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const LOG_BYTES = 20 * 1024 * 1024;
/** The file that is written and so many before it are kept: a hundred megabytes for each process at most. */
const KEPT = 4;

/** Where a process's output goes, whatever happens to the disk. */
export interface LogFile {
  /** Writes at once, or drops; never throws. */
  write(chunk: Buffer): void;
  close(): void;
}

/**
 * A log of limited size, readable by its owner only. What the disk has no room for is dropped and counted; how much it
 * was is written when there is room again. `write` and `bytes` are given by tests only.
 */
export function openLogFile(file: string, { write = writeSync, bytes = LOG_BYTES } = {}): LogFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(dirname(file), 0o700);
  let handle: number | undefined;
  let size = 0;
  let dropped = 0;
  let lastFailure = '';

  function open(): number {
    handle = openSync(file, 'a', 0o600);
    fchmodSync(handle, 0o600);
    size = fstatSync(handle).size;
    return handle;
  }

  function rotate(): void {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
    rmSync(`${file}.${KEPT}`, { force: true });
    for (let n = KEPT - 1; n >= 0; n--) {
      try {
        renameSync(n === 0 ? file : `${file}.${n}`, `${file}.${n + 1}`);
      } catch {
        // There is none of this number yet.
      }
    }
    open();
  }

  /** All of it, or an error; a part may be written where the room ends in its middle. */
  function writeAll(chunk: Buffer): void {
    const to = handle ?? open();
    for (let at = 0; at < chunk.length; ) {
      const written = write(to, chunk, at);
      at += written;
      size += written;
    }
  }

  return {
    write(chunk) {
      try {
        if (size + chunk.length > bytes && size > 0) rotate();
        if (dropped > 0) {
          const note = {
            level: 50,
            time: Date.now(),
            dropped,
            reason: lastFailure,
            msg: 'lines of this log were lost',
          };
          writeAll(Buffer.from(`\n${JSON.stringify(note)}\n`));
          dropped = 0;
        }
        writeAll(chunk);
      } catch (error) {
        dropped += chunk.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 0) || 1;
        lastFailure = (error as NodeJS.ErrnoException).code ?? 'unknown';
      }
    },
    close() {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}

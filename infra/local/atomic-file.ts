import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner may read so that a crash or a full disk at any moment leaves the old content or the
 * new one, never a part: written beside it, forced to the disk, and put in its place.
 */
export function writeAtomically(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    const handle = openSync(part, 'wx', 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  // The name itself is on the disk only when the folder is.
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

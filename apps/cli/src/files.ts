import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CliError } from './errors.ts';

/** The path a user meant: relative to where the command was typed, which package managers leave in INIT_CWD. */
export function userPath(env: NodeJS.ProcessEnv, file: string): string {
  return resolve(env.INIT_CWD ?? process.cwd(), file);
}

/** A file that is to be read. @throws CliError FILE_UNUSABLE unless it is there and a file. */
export async function existingFile(env: NodeJS.ProcessEnv, file: string): Promise<string> {
  const path = userPath(env, file);
  const found = await stat(path);
  if (!found.isFile()) throw new CliError('FILE_UNUSABLE', { file: path, reason: 'not a file' });
  return path;
}

/** Writes a file whole or not at all: under another name first, so that a failure leaves the old one as it was. */
export async function writeWhole(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Streams a downloaded file to disk. */
export async function saveAnswer(answer: Response, path: string): Promise<void> {
  const body = answer.body as ReadableStream<Uint8Array> | null;
  await writeWhole(path, (temporary) => pipeline(body ? Readable.fromWeb(body) : [], createWriteStream(temporary)));
}

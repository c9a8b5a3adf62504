import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Connection } from '@bangfu/contracts/core/client';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { existingFile } from '../files.ts';
import { withPlatform } from '../session.ts';

interface Flags {
  readonly data?: string;
}

interface Body {
  readonly type: string;
  readonly content: string | Blob;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Larger files are no JSON anybody wrote. */
const LARGEST_JSON = 16 * 1024 * 1024;

function method(text: string): string {
  const name = text.toUpperCase();
  if (!METHODS.includes(name)) throw new InvalidArgumentError(`应为 ${METHODS.join(' ')} 之一`);
  return name;
}

/** Only a path: the account's credentials go to the platform and nowhere else. */
function path(text: string): string {
  if (!text.startsWith('/') || text.startsWith('//')) throw new InvalidArgumentError('应以 / 开头，如 /api/session');
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is sent: JSON as given or from a file; any other file goes as an upload does. */
async function readBody(context: Context, data: string): Promise<Body> {
  if (!data.startsWith('@')) return { type: 'application/json', content: data };
  const file = await existingFile(context.env, data.slice(1));
  if ((await stat(file)).size <= LARGEST_JSON) {
    const text = await readFile(file, 'utf8');
    if (/^\s*[[{]/.test(text) && isJson(text)) return { type: 'application/json', content: text };
  }
  return { type: 'application/octet-stream', content: await openAsBlob(file) };
}

async function request(connection: Connection, verb: string, target: string, body: Body | null): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json, */*', ...connection.headers?.() };
  if (verb === 'POST') headers['idempotency-key'] = crypto.randomUUID();
  if (body) headers['content-type'] = body.type;
  const init: RequestInit = { method: verb, headers, redirect: 'manual' };
  return (connection.fetch ?? fetch)(`${connection.baseUrl}${target}`, body ? { ...init, body: body.content } : init);
}

/** `api METHOD PATH`: any call with this account; the raw answer on standard output, the status on standard error. */
export function registerApi(program: Command, context: Context): void {
  program
    .command('api')
    .description('以本账号调用任一接口')
    .argument('<METHOD>', '方法', method)
    .argument('<PATH>', '路径，如 /api/session', path)
    .option('--data <JSON|@FILE>', '请求内容')
    .action(async (verb: string, target: string, flags: Flags) => {
      const body = flags.data === undefined ? null : await readBody(context, flags.data);
      const status = await withPlatform(context, async (connection) => {
        const answer = await request(connection, verb, target, body);
        const stream = answer.body as ReadableStream<Uint8Array> | null;
        if (stream) await pipeline(Readable.fromWeb(stream), context.output.streams.stdout as Writable, { end: false });
        context.output.note(`${answer.status} ${answer.statusText}`.trim());
        return answer.status;
      });
      if (status >= 400) context.outcomeIsBad();
    });
}

import { type BodyLimit, MAX_JSON_DEPTH } from '@bangfu/contracts/core/body-limit';
import type { Request } from 'express';
import { DEFAULT_LIMITS } from '../spreadsheet/limits.ts';
import { Refusal } from './refusal.ts';

/** How long a body that is no file may take to arrive. */
export const BODY_TIME_MS = 30_000;
/** How long a body without a stated or with too large a length is still read and thrown away after its refusal. */
const LINGER_MS = 2_000;

const declaredBytes = (request: Request) => Number(request.headers['content-length'] ?? 0);
const hasBody = (request: Request) => request.headers['transfer-encoding'] !== undefined || declaredBytes(request) > 0;

/**
 * Lets a body that nobody will read arrive and go: a sender who has not finished sees the answer only so, and a
 * connection that is left half-read fails its next request. One that does not end is cut off.
 */
export function discardBody(request: Request): void {
  if (request.complete || request.destroyed || !hasBody(request)) return;
  request.resume();
  const declared = declaredBytes(request);
  if (declared > 0 && declared <= DEFAULT_LIMITS.fileBytes) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, LINGER_MS);
  request.once('close', () => clearTimeout(timer));
}

/**
 * The bytes of a body.
 * @throws Refusal 413 TOO_LARGE beyond `limit` bytes, before anything is read when its length is stated; 408 BODY_SLOW
 * when it has not come within the time; 400 BODY_BROKEN when it breaks off
 */
export function readBytes(request: Request, limit: number, withinMs = BODY_TIME_MS): Promise<Buffer> {
  const tooLarge = () => new Refusal(413, 'TOO_LARGE', { params: { kilobytes: Math.floor(limit / 1024) } });
  if (declaredBytes(request) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) settle(() => reject(tooLarge()));
      else chunks.push(chunk);
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)));
    const onBroken = () => settle(() => reject(new Refusal(400, 'BODY_BROKEN')));
    const timer = setTimeout(() => settle(() => reject(new Refusal(408, 'BODY_SLOW'))), withinMs);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      // A body that breaks off later is nobody's concern any more.
      request.on('error', () => undefined);
      done();
    };
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Counts the nesting and the values of a JSON text on its bytes, before anything is made of it: a parser would build
 * what is refused a moment later, and whatever walks its result pays for its shape. Reads to the first excess only.
 * @throws Refusal 400 JSON_TOO_DEEP, JSON_TOO_MANY
 */
export function requireShape(json: Uint8Array, maxNodes: number, maxDepth = MAX_JSON_DEPTH): void {
  let depth = 0;
  let nodes = 1;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case QUOTE:
        at = endOfText(json, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        nodes += 1;
        if (depth > maxDepth) throw new Refusal(400, 'JSON_TOO_DEEP', { params: { limit: maxDepth } });
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case COMMA:
        nodes += 1;
        break;
      default:
    }
    if (nodes > maxNodes) throw new Refusal(400, 'JSON_TOO_MANY', { params: { limit: maxNodes } });
  }
}

/** The place of the quote that ends the text which begins at `from`; the end of all when none does. */
function endOfText(json: Uint8Array, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at += 1;
    else if (json[at] === QUOTE) return at;
  }
  return json.length;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON body of a request; an empty object when it has none.
 * @throws Refusal those of `readBytes` and `requireShape`; 400 NOT_JSON for anything else than an object or a list
 */
export async function readJson(request: Request, limit: BodyLimit, withinMs?: number): Promise<unknown> {
  if (!hasBody(request)) return {};
  // A body of another kind is refused, not taken for an empty one; nobody sends JSON compressed.
  const isPlain = (request.headers['content-encoding'] ?? 'identity') === 'identity';
  if (!request.is('application/json') || !isPlain) throw new Refusal(400, 'NOT_JSON');
  const bytes = await readBytes(request, limit.bytes, withinMs);
  if (bytes.length === 0) return {};
  requireShape(bytes, limit.nodes);
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The parser's own words quote the body.
  }
  throw new Refusal(400, 'NOT_JSON');
}

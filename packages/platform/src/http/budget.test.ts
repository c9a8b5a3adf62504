import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { bodyLimitOf, longestOf, MAX_JSON_DEPTH } from '@bangfu/contracts/core/body-limit';
import type { Operation } from '@bangfu/contracts/core/operation';
import type { Problem } from '@bangfu/contracts/core/problem';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { filledPath, filledWith, valueOf } from '../testing/all-operations.ts';
import type { ProcessCost } from '../testing/all-operations-process.ts';
import { validValue } from '../testing/valid-input.ts';

const MAX_HELD_MS = 100;
const MAX_GROWTH_BYTES = 100 * 2 ** 20;

const PROGRAM = fileURLToPath(new URL('../testing/all-operations-process.ts', import.meta.url));
/** As services run. */
const FLAGS = ['--conditions=SOURCE', '--max-semi-space-size=8'];

let served: ChildProcess;
let address: string;
const answered = async () => (await once(served, 'message'))[0] as unknown;
/** What the process has cost since the last time it was asked. */
function cost(): Promise<ProcessCost> {
  served.send('cost');
  return answered() as Promise<ProcessCost>;
}
beforeAll(async () => {
  served = fork(PROGRAM, { execArgv: FLAGS });
  address = String(await answered());
});
afterAll(() => {
  served.kill();
});

const taking = ALL_OPERATIONS.filter((op) => op.method !== 'GET' && !op.upload);

/** Fits what is left of a body's limit with copies of a piece. */
const filled = (limit: number, before: string, piece: string, after: string) =>
  before + piece.repeat(Math.max(1, Math.floor((limit - before.length - after.length) / piece.length))) + after;

/** The lists of an operation's body, with how many entries each may have. */
function lists(op: Operation): { name: string; field: z.ZodType; most: number }[] {
  const def = op.body && defOf(op.body);
  if (def?.type !== 'object') return [];
  return Object.entries(fieldsOf(def)).flatMap(([name, outer]) => {
    const field = innermost(outer);
    return defOf(field).type === 'array' ? [{ name, field, most: longestOf(field) ?? 0 }] : [];
  });
}
function innermost(field: z.ZodType): z.ZodType {
  const inner = defOf(field)['innerType'];
  return inner ? innermost(inner as z.ZodType) : field;
}

/** Bodies of an operation that are as bad as its limit allows, each bad in another way. */
function* hostileBodies(op: Operation): Generator<{ shape: string; body: string }> {
  const { bytes, nodes } = bodyLimitOf(op);
  const deep = MAX_JSON_DEPTH - 2;
  yield { shape: 'deep lists', body: `{"a":${'['.repeat(bytes / 2 - 10)}` };
  yield { shape: 'deep objects', body: '{"a":'.repeat(bytes / 5 - 1) };
  yield {
    shape: 'lists as deep as allowed',
    body: filled(bytes, '{"a":[', `${'['.repeat(deep - 2)}${']'.repeat(deep - 2)},`, '1]}'),
  };
  yield { shape: 'wide list', body: filled(bytes, '{"a":[', '1,', '1]}') };
  yield { shape: 'list as wide as allowed', body: `{"a":[${'1,'.repeat(nodes - 10)}1]}` };
  yield {
    shape: 'unknown fields',
    body: `{${Array.from({ length: Math.min(nodes - 5, bytes / 12) }, (_, at) => `"f${at}":1`).join(',')}}`,
  };
  yield { shape: 'a long key', body: filled(bytes, '{"', 'k', '":1}') };
  yield { shape: 'long keys', body: filled(bytes, '{', `"${'k'.repeat(990)}":1,`, '"z":1}') };
  yield { shape: 'a huge number', body: filled(bytes, '{"a":', '9', '}') };
  yield { shape: 'broken signs', body: filled(Math.min(bytes, nodes * 9), '{"a":[', '"\\ud800",', '1]}') };
  yield { shape: 'escapes without end', body: filled(bytes, '{"a":"', '\\', '') };
  yield { shape: 'nothing but blanks', body: filled(bytes, '{', ' ', '}}') };
  const valid = valueOf(op.body) as Record<string, unknown>;
  for (const [name, value] of Object.entries(valid)) {
    if (typeof value === 'string')
      yield { shape: `${name} without end`, body: JSON.stringify({ ...valid, [name]: 'x'.repeat(bytes - 5_000) }) };
  }
  for (const { name, field, most } of lists(op)) {
    const rest = JSON.stringify({ ...valid, [name]: undefined }).slice(0, -1);
    const many = (piece: string, times: number) =>
      `${rest}${rest === '{' ? '' : ','}"${name}":[${Array.from({ length: times }, () => piece).join(',')}]}`;
    const fits = Math.min(Math.floor((bytes - rest.length - 20) / 14), Math.floor((nodes - 50) / 3));
    yield { shape: `${name}: wrong entries`, body: many('{"wrong":[0]}', fits) };
    const [one] = validValue(field) as unknown[];
    yield { shape: `${name}: one too many`, body: many(JSON.stringify(one ?? null), most + 1) };
  }
}

async function refused(op: Operation, init: RequestInit, query = ''): Promise<Problem> {
  const answer = await fetch(`${address}${filledPath(op)}${query}`, {
    method: op.method,
    headers: { 'content-type': 'application/json' },
    ...init,
  });
  return { ...((await answer.json()) as Problem), status: answer.status };
}

/** What is not a refusal in words of the reader's language. */
const fault = ({ status, title, detail }: Problem) =>
  status >= 400 && status < 500 && /[\u4e00-\u9fff]/.test(title + detail) ? null : `${status} ${title}`;

describe('given every operation that takes JSON', { timeout: 120_000 }, () => {
  it('when its body is as bad as it can be, then it is refused in words, at once and without taking memory', async () => {
    const wrong: string[] = [];
    let tried = 0;
    // The first of each shape warms the program up.
    for (const { body } of hostileBodies(taking[0] as Operation)) await refused(taking[0] as Operation, { body });
    const { rssBytes: before } = await cost();
    for (const op of taking) {
      for (const { shape, body } of hostileBodies(op)) {
        const problem = await refused(op, { body });
        let { heldMs, rssBytes } = await cost();
        if (heldMs > MAX_HELD_MS) {
          // Another program may have had the processor meanwhile: what holds the loop does so twice.
          await refused(op, { body });
          ({ heldMs, rssBytes } = await cost());
        }
        tried += 1;
        const what = `${op.id}, ${shape}`;
        const why = fault(problem);
        if (why) wrong.push(`${what}: ${why}`);
        if (heldMs > MAX_HELD_MS) wrong.push(`${what}: held for ${heldMs} ms`);
        if (rssBytes - before > MAX_GROWTH_BYTES) wrong.push(`${what}: ${rssBytes - before} bytes more`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(taking.length * 12);
  });

  it('when its body is larger than the limit, stated or not, then it is cut there', async () => {
    const wrong: string[] = [];
    for (const op of taking) {
      const { bytes } = bodyLimitOf(op);
      const stated = await refused(op, { body: ' '.repeat(bytes + 1) });
      if (stated.code !== 'TOO_LARGE' || fault(stated)) wrong.push(`${op.id}: ${stated.code}`);
    }
    for (const op of taking.filter((_, at) => at % 10 === 0)) {
      const status = await endless(op, 'answer');
      if (status !== 413) wrong.push(`${op.id}: ${status}`);
    }
    // Whoever goes on sending is cut off.
    expect(await endless(taking[0] as Operation, 'end')).toBe(413);
    expect(wrong).toEqual([]);
  });

  it('when its body does not come, then it is not waited for', async () => {
    const slow = await Promise.all(taking.filter((_, at) => at % 10 === 0).map((op) => dripping(op)));
    expect(new Set(slow)).toEqual(new Set([408]));
  });

  it('when its address is without end, then that is refused too', async () => {
    const wrong: string[] = [];
    const queries = [
      `?${'x=1&'.repeat(2_000)}`,
      `?limit=${'9'.repeat(8_000)}`,
      `?${'k'.repeat(8_000)}=1`,
      `?${Array.from({ length: 1_500 }, (_, at) => `k${at}`).join('&')}`,
      `?cursor=${'%00'.repeat(2_000)}`,
    ];
    for (const op of ALL_OPERATIONS) {
      for (const query of queries) {
        const problem = await refused(op, {}, query);
        if (fault(problem)) wrong.push(`${op.id} ${query.slice(0, 12)}: ${problem.status}`);
      }
      if (!op.path.includes('{')) continue;
      const params = new Proxy({}, { get: () => 'x'.repeat(8_000) });
      const answer = await fetch(`${address}${filledWith(op, params)}`, { method: op.method });
      if (answer.status < 400 || answer.status >= 500) wrong.push(`${op.id} long path: ${answer.status}`);
      await answer.body?.cancel();
    }
    expect(wrong).toEqual([]);
  });
});

/** Sends a body in pieces without end, until the answer or until the connection ends: what was answered. */
function endless(op: Operation, until: 'answer' | 'end'): Promise<number> {
  const { port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    const piece = ' '.repeat(16 * 1024);
    let status = 0;
    const more = () => {
      while (!socket.destroyed && socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`));
    };
    socket.on('drain', more);
    socket.on('data', (data) => {
      status ||= Number(/^HTTP\/1.1 (\d+)/.exec(data.toString('latin1'))?.[1]);
      if (until === 'answer') socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(status));
    socket.write(
      `${op.method} ${filledPath(op)} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    more();
  });
}

/** A body that stops after its first bytes: what was answered. */
function dripping(op: Operation): Promise<number> {
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('data', (data) => {
      resolve(Number(/^HTTP\/1.1 (\d+)/.exec(data.toString('latin1'))?.[1]));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.write(
      `${op.method} ${filledPath(op)} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":`,
    );
  });
}

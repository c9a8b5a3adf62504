import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { MAX_JSON_DEPTH } from '@bangfu/contracts/core/body-limit';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJson, requireShape } from './body.ts';
import type { Refusal } from './refusal.ts';

const LIMIT = { bytes: 1000, nodes: 100 };
const WITHIN_MS = 500;

let server: Server;
beforeAll(async () => {
  const app = express();
  app.post('/', (request, response) => {
    readJson(request, LIMIT, WITHIN_MS).then(
      (body) => response.json({ code: 'TAKEN', body }),
      ({ status, code }: Refusal) => response.status(status).json({ code }),
    );
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends what it is given and no more: the code that is answered. */
function answerTo(headers: string, ...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      const code = /"code":"(\w+)"/.exec(answer)?.[1];
      if (!code) return;
      resolve(code);
      socket.destroy();
    });
    socket.on('error', reject);
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`);
    for (const part of parts) socket.write(part);
  });
}
const send = (body: string) => answerTo(`content-length: ${Buffer.byteLength(body)}`, body);
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

describe('given the limits of a body', () => {
  it('when its stated length is beyond them, then it is refused before any of it has come', async () => {
    expect(await answerTo(`content-length: ${LIMIT.bytes + 1}`)).toBe('TOO_LARGE');
    expect(await answerTo(`content-length: ${LIMIT.bytes}`)).toBe('BODY_SLOW');
  });

  it('when it states no length, then it is cut at the limit, though more would come', async () => {
    const fits = `{"a":"${'x'.repeat(LIMIT.bytes - 8)}"}`;
    expect(fits).toHaveLength(LIMIT.bytes);
    expect(await send(fits)).toBe('TAKEN');
    expect(await answerTo('transfer-encoding: chunked', chunk(fits), '0\r\n\r\n')).toBe('TAKEN');
    expect(await answerTo('transfer-encoding: chunked', chunk(`${fits} `))).toBe('TOO_LARGE');
  });

  it('when it has as many values or levels as allowed, then it is taken, and one more is refused', async () => {
    const list = (values: number) => `[${Array.from({ length: values }, () => '1').join(',')}]`;
    // The list itself is counted as well.
    expect(await send(list(LIMIT.nodes - 1))).toBe('TAKEN');
    expect(await send(list(LIMIT.nodes))).toBe('JSON_TOO_MANY');
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(await send(deep(MAX_JSON_DEPTH))).toBe('TAKEN');
    expect(await send(deep(MAX_JSON_DEPTH + 1))).toBe('JSON_TOO_DEEP');
    expect(await send('{"a":'.repeat(MAX_JSON_DEPTH + 1))).toBe('JSON_TOO_DEEP');
  });
});

describe('given the shape of a JSON text', () => {
  const shape = (text: string, nodes = 10, depth = 3) => requireShape(Buffer.from(text), nodes, depth);

  it('when brackets and commas lie in its texts, then they do not count', () => {
    expect(() => shape(JSON.stringify({ '[[[[,,,,': `${'['.repeat(50)}\\"${','.repeat(50)}"[[[[` }))).not.toThrow();
    expect(() => shape('["\\\\",[[[')).toThrow('JSON_TOO_DEEP');
  });

  it('when lists follow one another, then each is as deep as it lies', () => {
    expect(() => shape('[[[]],[[]],[[]]]', 100)).not.toThrow();
    expect(() => shape('[[[]],[[[]]]]', 100)).toThrow('JSON_TOO_DEEP');
  });
});

import { connect } from 'node:net';
import type { Server } from 'node:http';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, listenOn, portOf } from './server.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await closeServer(server, 0);
});

async function serve(app: express.Express, options = {}): Promise<{ server: Server; port: number; url: string }> {
  const server = await listenOn(app, { port: 0, host: '127.0.0.1' }, options);
  servers.push(server);
  const port = portOf(server);
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** Sends raw text, then pieces every `everyMs`; what came back. */
function raw(port: number, head: string, pieces: readonly string[] = [], everyMs = 50): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (data) => {
      got += data.toString();
    });
    socket.on('close', () => resolve(got));
    socket.on('error', () => undefined);
    socket.write(head);
    const left = [...pieces];
    const timer = setInterval(() => {
      const piece = left.shift();
      if (piece === undefined) clearInterval(timer);
      else socket.write(piece);
    }, everyMs);
  });
}

const counting = () => {
  const app = express();
  app.post('/', (request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => response.set('connection', 'close').json({ bytes }));
  });
  return app;
};

describe('given a body on its way', () => {
  const head = (length: number) => `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`;

  it('when it arrives slowly but goes on, then it has all its time', async () => {
    const { server, port } = await serve(counting(), { stalledAfterMs: 200 });
    expect(server.requestTimeout).toBe(0);
    expect(await raw(port, head(12), Array.from('twelve bytes'))).toContain('{"bytes":12}');
  });

  it('when it stops, then the sender is answered and the connection ends', async () => {
    const { port } = await serve(counting(), { stalledAfterMs: 200 });
    const answer = await raw(port, head(12), ['twe']);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('"code":"BODY_SLOW"');
  });
});

it.each([
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'HEADER_TOO_LARGE'],
  ['an address without end', `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, 'HEADER_TOO_LARGE'],
  ['no HTTP', 'hello\r\n\r\n', 400, 'NOT_HTTP'],
])('given %s, then it is refused in words', async (_what, text, status, code) => {
  const { port } = await serve(counting());
  const answer = await raw(port, text);
  expect(answer).toContain(`HTTP/1.1 ${status} `);
  expect(answer).toContain(`"code":"${code}"`);
  expect(answer).toMatch(/[\u4e00-\u9fff]/);
});

describe('given a server that stops', () => {
  it('when a request is in flight, then it is finished, and nothing new is taken', async () => {
    const app = express();
    app.get('/', (_request, response) => void setTimeout(() => response.json({ done: true }), 300));
    const { server, url } = await serve(app);
    const answer = fetch(url);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = closeServer(server, 5_000);
    await expect(fetch(url)).rejects.toThrow();
    expect(await (await answer).json()).toEqual({ done: true });
    const since = Date.now();
    await closed;
    expect(Date.now() - since).toBeLessThan(1_000);
  });

  it('when a request does not end, then it is cut off after the grace', async () => {
    const app = express();
    app.get('/', () => undefined);
    const { server, url } = await serve(app);
    const answer = fetch(url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([closeServer(server, 200), expect(answer).rejects.toThrow()]);
  });

  it('when a live stream is open, then it is not waited for', async () => {
    const app = express();
    app.get('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
    });
    const { server, url } = await serve(app);
    const live = await fetch(url);
    const since = Date.now();
    await closeServer(server, 5_000);
    expect(Date.now() - since).toBeLessThan(1_000);
    await expect(live.text()).rejects.toThrow();
  });
});

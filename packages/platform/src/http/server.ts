import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { KIT_MESSAGES, languageOf } from './messages.ts';

/**
 * How long connections between the gateway and a service may lie idle. The one that sends must close first: a request
 * sent just when the other closes is lost, and would be reported as a service that is down.
 */
export const SERVICE_KEEP_ALIVE_MS = 75_000;
export const GATEWAY_KEEP_ALIVE_MS = 30_000;
/** How long a body may stay without a further byte. Its whole time is not limited: 200 MB over a village's line take an hour. */
const STALLED_AFTER_MS = 60_000;
/** How long requests in flight may go on when their server stops. */
export const CLOSE_GRACE_MS = 10_000;

const running = new WeakMap<Server, Set<ServerResponse>>();

function problemText(code: string, status: number, language: 'zh' | 'en', instance = ''): string {
  const title = KIT_MESSAGES[code]?.[language] ?? code;
  return JSON.stringify({ type: `urn:bangfu:problem:${code}`, title, status, code, detail: title, instance });
}

/** Gives up a body that has stopped arriving, with an answer as long as none has begun. */
function watchProgress(request: IncomingMessage, response: ServerResponse, stalledAfterMs: number): void {
  if (request.headers['transfer-encoding'] === undefined && !Number(request.headers['content-length'])) return;
  const { socket } = request;
  let seen = socket.bytesRead;
  let since = Date.now();
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer);
    if (socket.bytesRead !== seen) {
      seen = socket.bytesRead;
      since = Date.now();
    } else if (Date.now() - since >= stalledAfterMs) {
      clearInterval(timer);
      giveUp(request, response);
    }
  }, stalledAfterMs / 6);
  timer.unref();
  request.once('close', () => clearInterval(timer));
}

function giveUp(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    request.destroy();
    return;
  }
  const language = languageOf(request.headers['accept-language']);
  const body = problemText('BODY_SLOW', 408, language, String(response.getHeader('x-request-id') ?? ''));
  response.writeHead(408, { 'content-type': 'application/problem+json', connection: 'close' });
  response.end(body, () => request.destroy());
}

/** Answers what never became a request in words too; the server's own answer is a bare number. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const [status, code] = isTooLarge ? [431, 'HEADER_TOO_LARGE'] : isSlow ? [408, 'BODY_SLOW'] : [400, 'NOT_HTTP'];
  const body = problemText(code, status, 'zh');
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Serves an application. A request's head must come within a minute; its body may take any time as long as it arrives.
 * @param options.keepAliveMs how long an idle connection is kept, where it is not Node's own
 * @param options.stalledAfterMs shorter in tests
 */
export function listenOn(
  app: RequestListener,
  at: { readonly port: number; readonly host: string },
  options: { readonly keepAliveMs?: number; readonly stalledAfterMs?: number } = {},
): Promise<Server> {
  const { keepAliveMs, stalledAfterMs = STALLED_AFTER_MS } = options;
  const server = createServer({ requestTimeout: 0, ...(keepAliveMs && { keepAliveTimeout: keepAliveMs }) });
  const responses = new Set<ServerResponse>();
  running.set(server, responses);
  server.on('request', (request, response) => {
    responses.add(response);
    response.once('close', () => responses.delete(response));
    watchProgress(request, response, stalledAfterMs);
  });
  server.on('request', app);
  server.on('clientError', answerUnreadable);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** The port a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Whether an answer goes on until its reader leaves. */
const isLive = (response: ServerResponse) => String(response.getHeader('content-type')).startsWith('text/event-stream');

/**
 * Stops a server: nothing new is taken, live streams end, requests in flight may finish within the grace, and what is
 * left then is cut off.
 */
export async function closeServer(server: Server, graceMs = CLOSE_GRACE_MS): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const response of running.get(server) ?? []) if (isLive(response)) response.destroy();
  // A connection becomes idle with its last answer; the server looks for idle ones once only.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const last = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(last);
}

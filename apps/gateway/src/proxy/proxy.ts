import { Agent } from 'node:http';
import { SERVICES, type ServiceName } from '@bangfu/contracts/core/operation';
import { GATEWAY_KEEP_ALIVE_MS } from '@bangfu/platform/http/server';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { Request, RequestHandler, Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { identityOf } from '../auth/guard.ts';
import type { Log } from '../gateway.ts';
import type { ServiceUrls } from '../services/ask.ts';

/** Longer than any work a service does for a request, so that the service itself says what was too slow. */
const SILENT_MS = 16 * 60_000;
/** As many calls as one service answers at a time; a service that answers nothing must not fill the gateway's memory. */
const MAX_IN_FLIGHT = 500;

const SERVICE_PATH = new RegExp(`^/api/(${SERVICES.join('|')})(?=[/?]|$)`);

/** The service a request is for, if it is for one. */
function serviceOf(request: Request): ServiceName | null {
  return (SERVICE_PATH.exec(request.url)?.[1] as ServiceName | undefined) ?? null;
}

/**
 * Passes /api/<service>/… on, bodies and streams untouched. The service sees the gateway's token instead of the
 * caller's cookie or key, the request's number, and where the caller really is.
 */
export function serviceProxy(
  urls: ServiceUrls,
  log: Log,
  maxInFlight = MAX_IN_FLIGHT,
): { handler: RequestHandler; close: () => void } {
  const agent = new Agent({ keepAlive: true, timeout: GATEWAY_KEEP_ALIVE_MS });
  // The library tells of a failure by an event of the proxy, not to the one who waits for the request.
  const failed = new WeakMap<object, () => void>();
  const inFlight = new Map<ServiceName, number>();
  const proxies = new Map(
    SERVICES.map((service) => [
      service,
      createProxyMiddleware<Request, Response>({
        target: urls[service],
        agent,
        proxyTimeout: SILENT_MS,
        // The library's own plugins log to the console and answer in plain text.
        ejectPlugins: true,
        plugins: [
          (server) => {
            server.on('error', (error, request) => {
              log.warn({ err: error, service }, 'a service did not answer');
              if (request) failed.get(request)?.();
            });
          },
        ],
      }),
    ]),
  );
  return {
    handler(request, response, next) {
      const service = serviceOf(request);
      const proxy = service && proxies.get(service);
      if (!proxy) {
        next();
        return;
      }
      const others = inFlight.get(service) ?? 0;
      if (others >= maxInFlight) {
        response.set('retry-after', '5');
        next(new Refusal(503, 'BUSY'));
        return;
      }
      inFlight.set(service, others + 1);
      response.once('close', () => inFlight.set(service, (inFlight.get(service) ?? 1) - 1));
      const { headers } = request;
      delete headers.cookie;
      delete headers.authorization;
      delete headers['x-forwarded-host'];
      delete headers['x-forwarded-proto'];
      const token = identityOf(request)?.token;
      if (token) headers.authorization = `Bearer ${token}`;
      headers['x-request-id'] = String(response.getHeader('x-request-id') ?? '');
      headers['x-forwarded-for'] = request.ip ?? '';
      failed.set(request, () => {
        if (response.headersSent) response.destroy();
        else next(new Refusal(503, 'SERVICE_DOWN'));
      });
      void proxy(request, response, next);
    },
    close: () => agent.destroy(),
  };
}

import type { Operation } from '@bangfu/contracts/core/operation';
import { openApiDocument } from '@bangfu/contracts/core/openapi';
import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { LOG_SERIALIZERS } from '../logging/log.ts';
import { type Health, publishHealth } from '../health/health.ts';
import type { Messages } from './messages.ts';
import { problemHandler } from './problem.ts';
import { Refusal } from './refusal.ts';

/** Numbers every request, by the number the gateway gave it where there is one, and logs what failed. */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    // Ours, which are the log's own; the library's show headers and every word of the address.
    wrapSerializers: false,
    serializers: LOG_SERIALIZERS,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('x-request-id', id);
      return id;
    },
    // A service that says that it cannot answer now is no fault of the program; what it lacks is logged where it is met.
    customLogLevel: (_request, { statusCode }, error) => {
      if (statusCode === 503 || statusCode === 507) return 'warn';
      return error || statusCode >= 500 ? 'error' : 'debug';
    },
  });
}

/** A process's own figures, under the service's name. */
export function processMetrics(name: string): Registry {
  const metrics = new Registry();
  metrics.setDefaultLabels({ service: name });
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** Assembles a service's application: log, health, metrics, published document, its routers, the problem handler. */
export function makeApp(options: {
  name: string;
  prefix: string;
  routers: readonly Router[];
  operations: readonly Operation[];
  messages: Messages;
  log: Logger;
  health: () => Promise<Health>;
}): Express {
  const { name, prefix, routers, operations, messages, log, health } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Only the gateway calls services; it says where the caller really is.
  app.set('trust proxy', 'loopback');
  app.use(helmet());
  app.use(requestLog(log));
  const metrics = processMetrics(name);
  publishHealth(metrics, health);

  app.get('/healthz', (_request, response) => void response.json({ service: name, healthy: true }));
  app.get('/readyz', async (_request, response) => {
    const now = await health();
    response.status(now.ready ? 200 : 503).json({ service: name, ...now });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  const document = openApiDocument(`bangfu ${name}`, operations);
  app.get(`${prefix}/openapi.json`, (_request, response) => void response.json(document));
  for (const router of routers) app.use(prefix, router);
  app.use((_request, _response, next) => next(new Refusal(404, 'NOT_FOUND')));
  app.use(problemHandler(messages, log));
  return app;
}

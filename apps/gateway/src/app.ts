import { platformOperations } from '@bangfu/contracts/core/every-service';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { openHealth, publishHealth } from '@bangfu/platform/health/health';
import { processMetrics, requestLog } from '@bangfu/platform/http/app';
import { auditRoutes, eventRoutes } from '@bangfu/platform/http/platform-routes';
import { problemHandler } from '@bangfu/platform/http/problem';
import { Refusal } from '@bangfu/platform/http/refusal';
import { serveOperations } from '@bangfu/platform/operation/operation';
import { regionFollowing } from '@bangfu/platform/regions/reactions';
import express, { type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { guard, identityOf } from './auth/guard.ts';
import accounts from './features/accounts/index.ts';
import audit from './features/audit/index.ts';
import county from './features/county/index.ts';
import keys from './features/keys/index.ts';
import publicReads from './features/public/index.ts';
import session from './features/session/index.ts';
import type { Gateway } from './gateway.ts';
import { documents } from './hosting/documents.ts';
import { frontEnds } from './hosting/front-ends.ts';
import { MESSAGES } from './messages.ts';
import { PUBLIC_PAGES } from './public/all.ts';
import { publicPages } from './public/pages.ts';
import { onRegionChanged } from './reactions/region-changed.ts';
import { onRegionEstablished } from './reactions/region-established.ts';
import { REGION_COLUMNS } from './region-columns.ts';
import { openReadiness } from './services/readiness.ts';

/** Pages may run our own scripts only; styles are written into the page by the component library. */
function securityHeaders(overHttps: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
      },
    },
    strictTransportSecurity: overHttps ? { maxAge: 365 * 24 * 3600 } : false,
    // Over plain http on a village's own network these only produce warnings.
    crossOriginOpenerPolicy: overHttps,
    originAgentCluster: overHttps,
  });
}

/** What the gateway does of its own: its features, and what it keeps of other services' events. */
export const serveGatewayParts = (gateway: Gateway) =>
  serveOperations(gateway, [
    regionFollowing(REGION_COLUMNS),
    session,
    accounts,
    keys,
    county,
    audit,
    publicReads,
    [onRegionEstablished, onRegionChanged],
  ]);

/** What every owner of data has, here for the gateway itself: the reading of its audit log, and its parked events. */
function platformRoutes(gateway: Gateway, reactions: Reactions): Router {
  const router = Router();
  const { pool, log, bulk } = gateway;
  auditRoutes(router, gateway, platformOperations('gateway'));
  const inbox = { pool, group: 'gateway', reactions, log };
  eventRoutes(router, gateway, bulk, platformOperations('gateway'), inbox);
  return router;
}

/** Assembles the gateway: health, documents, the guard, the services behind it, its own operations, pages and fronts. */
export function gatewayApp(
  gateway: Gateway,
  parts: {
    own: ReturnType<typeof serveGatewayParts>;
    proxy: RequestHandler;
    frontFolder: (name: string) => string;
    overHttps: boolean;
    trustedProxies: readonly string[];
  },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', parts.trustedProxies);
  app.use(securityHeaders(parts.overHttps));
  app.use(requestLog(gateway.log));

  const health = openHealth({ pool: gateway.pool, pools: [gateway.pool] });
  const readiness = openReadiness(health, gateway.services.urls);
  app.get('/healthz', (_request, response) => void response.json({ service: 'gateway', healthy: true }));
  app.get('/readyz', async (_request, response) => {
    const found = await readiness();
    response.status(found.ready ? 200 : 503).json({ service: 'gateway', ...found });
  });
  app.use(documents());

  const watch = guard(gateway);
  const metrics = processMetrics('gateway');
  publishHealth(metrics, health);
  app.get('/metrics', watch, async (request, response) => {
    const { account } = identityOf(request) ?? {};
    if (!account?.grants.some((grant) => grant.role === 'system-administrator')) throw new Refusal(404, 'NOT_FOUND');
    response.type(metrics.contentType).send(await metrics.metrics());
  });

  app.use('/api', watch);
  app.use(parts.proxy);
  app.use('/api', parts.own.router);
  app.use('/api', platformRoutes(gateway, parts.own.reactions));
  app.use('/api', (_request, _response, next) => next(new Refusal(404, 'NOT_FOUND')));

  app.use(publicPages(gateway, PUBLIC_PAGES));
  app.use(frontEnds(parts.frontFolder));
  app.use((_request, _response, next) => next(new Refusal(404, 'NOT_FOUND')));
  app.use(problemHandler(MESSAGES, gateway.log));
  return app;
}

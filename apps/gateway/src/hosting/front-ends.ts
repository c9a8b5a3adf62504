import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { SERVICES } from '@bangfu/contracts/core/operation';
import { type RequestHandler, type Response, Router, static as serveFiles } from 'express';

/** Names of hashed assets never come back with another content. */
const YEAR_SECONDS = 365 * 24 * 3600;
const ENCODINGS = [
  { token: 'br', ending: '.br' },
  { token: 'gzip', ending: '.gz' },
] as const;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Serves a file's compressed neighbour where the build made one and the browser takes it. */
function precompressed(folder: string): RequestHandler {
  return (request, response, next) => {
    const type = TYPES[extname(request.path)];
    // The static handler checks the path again; here it only must not leave the folder.
    if (!type || request.path.includes('..') || !['GET', 'HEAD'].includes(request.method)) return next();
    response.vary('Accept-Encoding');
    for (const { token, ending } of ENCODINGS) {
      if (!request.acceptsEncodings(token) || !existsSync(join(folder, `${request.path}${ending}`))) continue;
      request.url = request.url.replace(request.path, `${request.path}${ending}`);
      response.set('content-encoding', token).type(type);
      break;
    }
    next();
  };
}

function cacheOf(response: Response, path: string): void {
  const hashed = /[/\\]assets[/\\]/.test(path);
  response.set('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}

/** A built front: its files, and its page for every other address, which its own router reads. */
function front(folder: string): Router {
  const router = Router({ strict: true });
  router.use(precompressed(folder));
  router.use(serveFiles(folder, { index: false, redirect: false, cacheControl: false, setHeaders: cacheOf }));
  router.get('/{*any}', (request, response, next) => {
    if (extname(request.path) || !request.accepts('html')) return next();
    response.set('cache-control', 'no-cache');
    response.sendFile(join(folder, 'index.html'), { cacheControl: false }, (error) => {
      if (error && !response.headersSent) next();
    });
  });
  return router;
}

/** The portal at the root, each service's front under its name; they never see each other's files. */
export function frontEnds(folderOf: (name: string) => string): Router {
  const router = Router({ strict: true });
  for (const service of SERVICES) {
    router.get(`/${service}`, (_request, response) => response.redirect(308, `/${service}/`));
    router.use(`/${service}/`, front(folderOf(service)), (_request, _response, next) => next('router'));
  }
  router.use(front(folderOf('portal')));
  return router;
}

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { openApiDocument } from '@bangfu/contracts/core/openapi';
import { asyncApiDocument } from '@bangfu/events/asyncapi';
import { catalogue } from '@bangfu/events/catalog/all';
import { Router, static as serveFiles } from 'express';

const PAGE = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>接口文档 · API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <noscript>接口文档也可直接下载：<a href="/api/openapi.json">openapi.json</a>、<a href="/api/asyncapi.json">asyncapi.json</a></noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const START = `window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', docExpansion: 'none', filter: true });\n`;

/** The published documents of the whole platform, readable without an account, and a page to browse them. */
export function documents(): Router {
  const router = Router();
  const openApi = openApiDocument('bangfu', ALL_OPERATIONS);
  const asyncApi = asyncApiDocument(catalogue, '1.0.0');
  router.get('/api/openapi.json', (_request, response) => void response.json(openApi));
  router.get('/api/asyncapi.json', (_request, response) => void response.json(asyncApi));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.get('/docs', (_request, response) => void response.type('html').send(PAGE));
  router.get('/docs/start.js', (_request, response) => void response.type('text/javascript').send(START));
  router.use('/docs', serveFiles(folder, { index: false, redirect: false }));
  return router;
}

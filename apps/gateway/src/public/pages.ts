import { languageOf } from '@bangfu/service-kit/http/messages';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { type Request, Router } from 'express';
import type { Gateway } from '../gateway.ts';
import { DEADLINE_MS } from '../services/asking.ts';
import { frontPage } from './front-page.ts';
import { layout, STYLE } from './layout.ts';
import type { PublicPage } from './page.ts';

export type { PageCall, PublicPage } from './page.ts';

/** Serves pages under /public, without account and without script. */
export function publicPages(gateway: Gateway, pages: readonly PublicPage[]): Router {
  const router = Router();
  router.get('/public/style.css', (_request, response) => {
    response.type('text/css').set('cache-control', 'public, max-age=3600').send(STYLE);
  });
  for (const page of [frontPage(pages), ...pages]) {
    router.get(page.path, async (request: Request<Record<string, string>>, response) => {
      const asking = {
        language: languageOf(request.headers['accept-language']),
        requestId: String(response.getHeader('x-request-id') ?? ''),
        address: request.ip ?? '',
        deadlineMs: DEADLINE_MS,
      };
      const made = await page.render({ params: request.params, ask: gateway.services.ask, asking });
      if (!made) throw notFound();
      response.type('html').send(layout({ ...made, county: await gateway.countyName() }));
    });
  }
  return router;
}

import { languageOf } from '@bangfu/service-kit/http/messages';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { type Request, Router } from 'express';
import type { Gateway } from '../gateway.ts';
import type { Asking, Services } from '../services/ask.ts';
import { DEADLINE_MS } from '../services/asking.ts';
import { frontPage } from './front-page.ts';
import type { Html } from './html.ts';
import { layout, STYLE } from './layout.ts';

/** What a public page is made from: its path's parameters, and the services' operations open to the public. */
export interface PageCall {
  readonly params: Readonly<Record<string, string>>;
  readonly ask: Services['ask'];
  /** Asks without an account: a service answers only what is open to all. */
  readonly asking: Asking;
}

/** A page anyone can read. `listed` puts it on the front page; null from `render` means there is no such thing. */
export interface PublicPage {
  readonly path: string;
  readonly listed: string | null;
  render(call: PageCall): Promise<{ title: string; body: Html } | null>;
}

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

import { parse } from 'node:querystring';
import { MAX_OPEN_BODY_BYTES } from '@bangfu/contracts/core/body-limit';
import { discardBody, readBytes } from '@bangfu/platform/http/body';
import { KIT_MESSAGES, languageOf, render } from '@bangfu/platform/http/messages';
import { notFound, Refusal } from '@bangfu/platform/http/refusal';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Gateway } from '../gateway.ts';
import { MESSAGES } from '../messages.ts';
import { DEADLINE_MS } from '../services/asking.ts';
import { frontPage } from './front-page.ts';
import { html } from './html.ts';
import { layout, STYLE } from './layout.ts';
import type { MadePage, PageCall, PublicPage } from './page.ts';

type PageRequest = Request<Record<string, string>>;

/** More than any page asks for. */
const MAX_FORM_FIELDS = 50;

/** What was filled in. @throws Refusal when it is too large, too slow or breaks off */
async function readForm(request: PageRequest): Promise<Record<string, string>> {
  if (!request.is('application/x-www-form-urlencoded')) return {};
  const bytes = await readBytes(request, MAX_OPEN_BODY_BYTES);
  return textsOf(parse(bytes.toString(), '&', '=', { maxKeys: MAX_FORM_FIELDS }));
}

const textsOf = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** Serves pages under /public, without account and without script. */
export function publicPages(gateway: Gateway, pages: readonly PublicPage[]): Router {
  const callOf = (request: PageRequest, response: Response): PageCall => ({
    params: request.params,
    query: textsOf(request.query),
    ask: async (service, op, input, asking) => {
      if (op.byTypedNumber) await gateway.limits.typedNumber(asking.address);
      return gateway.services.ask(service, op, input, asking);
    },
    asking: {
      language: languageOf(request.headers['accept-language']),
      requestId: String(response.getHeader('x-request-id') ?? ''),
      address: request.ip ?? '',
      deadlineMs: DEADLINE_MS,
    },
    verifyAddress: (number) => verifyAddress(request, number),
  });
  const send = async (response: Response, made: MadePage) => {
    if (!made) throw notFound();
    const { status = 200, ...page } = made;
    response
      .status(status)
      .type('html')
      .send(layout({ ...page, county: await gateway.countyName() }));
  };
  const router = Router();
  router.get('/public/style.css', (_request, response) => {
    response.type('text/css').set('cache-control', 'public, max-age=3600').send(STYLE);
  });
  for (const page of [frontPage(pages), ...pages]) {
    router.get(page.path, async (request: PageRequest, response) => {
      await gateway.limits.publicLook(request.ip ?? '');
      await send(response, await page.render(callOf(request, response)));
    });
    const { submit } = page;
    if (!submit) continue;
    // No account acts here, so there is nothing a forged request could use; the limit keeps floods out.
    router.post(page.path, async (request: PageRequest, response) => {
      await gateway.limits.publicAct(request.ip ?? '');
      const form = await readForm(request);
      await send(response, await submit({ ...callOf(request, response), form }));
    });
  }
  router.use('/public', refusalPage(gateway));
  return router;
}

/** A refusal on a public page is a page too. */
function refusalPage(gateway: Gateway): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (!(error instanceof Refusal)) return next(error);
    discardBody(request);
    const text = render({ ...KIT_MESSAGES, ...MESSAGES }, error.code, error.params, 'zh');
    const body = html`<p role="alert">${text}</p><p><a href="/public">回到信息公开首页</a></p>`;
    const page = layout({ title: '没有办成', body, county: await gateway.countyName() });
    if (error.retryAfterSeconds !== undefined) response.set('retry-after', String(error.retryAfterSeconds));
    response.status(error.status).type('html').send(page);
  };
}

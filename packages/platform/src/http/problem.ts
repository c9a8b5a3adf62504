import { DomainError } from '@bangfu/domain/shared/errors';
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { discardBody } from './body.ts';
import {
  isCrossed,
  isDatabaseFull,
  isDatabaseUnavailable,
  isHeldByOthers,
  isMalformed,
  isNotUnique,
  isPoolBusy,
  isTooSlow,
} from '@bangfu/data/failure';
import { ReaderGone } from '../spreadsheet/write.ts';
import { KIT_MESSAGES, languageOf, type Messages, render } from './messages.ts';
import { type Fault, Refusal } from './refusal.ts';

/** As many errors of fields as fit into one sentence. */
const MOST_SAID = 5;

/** Writes a refusal as RFC 9457 problem+json in the reader's language. */
export function writeProblem(
  answer: Response,
  messages: Messages,
  status: number,
  code: string,
  extra: {
    params?: Readonly<Record<string, string | number>> | undefined;
    errors?: readonly Fault[] | undefined;
    current?: unknown;
  } = {},
): void {
  const language = languageOf(answer.req.headers['accept-language']);
  const errors = extra.errors?.map(({ path, message }) => ({
    path,
    message: typeof message === 'string' ? message : message[language],
  }));
  const title = render(messages, code, extra.params ?? {}, language);
  answer
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:bangfu:problem:${code}`,
        title,
        status,
        code,
        detail: errors?.length ? detailOf(errors, language) : title,
        instance: String(answer.getHeader('x-request-id') ?? ''),
        ...(extra.params && Object.keys(extra.params).length > 0 ? { params: extra.params } : {}),
        ...(errors ? { errors } : {}),
        ...(extra.current === undefined ? {} : { current: extra.current }),
      }),
    );
}

/** What is wrong with the fields, in one line for screens that show no fields. */
function detailOf(errors: readonly { readonly message: string }[], language: 'zh' | 'en'): string {
  const words = [...new Set(errors.map(({ message }) => message))];
  return words.slice(0, MOST_SAID).join(language === 'zh' ? '；' : '; ');
}

/** The last handler of an application: known refusals say what to do, unknown errors say nothing but a number. */
export function problemHandler(own: Messages, log: Logger): ErrorRequestHandler {
  const messages = { ...KIT_MESSAGES, ...own };
  return (error: unknown, request, answer, _next) => {
    if (error instanceof ReaderGone) {
      answer.destroy();
      return;
    }
    if (answer.writableEnded) return;
    if (answer.headersSent) {
      log.error({ err: error, url: request.url }, 'failed after the answer had begun');
      answer.destroy();
      return;
    }
    // An upload that broke off leaves its connection half-read: nobody may be served by it after.
    if (request.destroyed && !request.complete) answer.set('connection', 'close');
    discardBody(request);
    if (error instanceof Refusal) {
      if (error.retryAfterSeconds !== undefined) answer.set('retry-after', String(error.retryAfterSeconds));
      writeProblem(answer, messages, error.status, error.code, {
        params: error.params,
        errors: error.errors,
        current: error.current,
      });
    } else if (error instanceof DomainError) {
      const status = error.code === 'FILE_TOO_LARGE' ? 413 : 422;
      writeProblem(answer, messages, status, error.code, { params: error.params });
    } else if (isHttpError(error)) {
      writeProblem(answer, messages, error.status, 'NOT_HTTP');
    } else if (isNotUnique(error)) {
      // Use cases look before they write and say it better; here two of them wrote at once.
      writeProblem(answer, messages, 409, 'EXISTS_MEANWHILE');
    } else if (isCrossed(error)) {
      writeProblem(answer, messages, 409, 'CROSSED');
    } else if (request.query['cursor'] && isMalformed(error)) {
      writeProblem(answer, messages, 400, 'CURSOR_INVALID');
    } else if (isTooSlow(error)) {
      log.warn({ err: error, url: request.url }, 'ended by its time limit');
      writeProblem(answer, messages, 503, 'TOO_SLOW');
    } else if (isHeldByOthers(error) || isPoolBusy(error)) {
      log.warn({ err: error, url: request.url }, 'waited too long for others');
      writeProblem(answer, messages, 503, 'BUSY');
    } else if (isDatabaseFull(error)) {
      log.error({ err: error, url: request.url }, 'the disk of the database is full');
      writeProblem(answer, messages, 503, 'DATABASE_FULL');
    } else if (isDatabaseUnavailable(error)) {
      log.error({ err: error, url: request.url }, 'the database is not available');
      writeProblem(answer, messages, 503, 'DATABASE_UNAVAILABLE');
    } else {
      log.error({ err: error, method: request.method, url: request.url }, 'unexpected error');
      writeProblem(answer, messages, 500, 'UNEXPECTED');
    }
  };
}

/** Express' router marks its own refusals, as of an address that cannot be decoded, with a 4xx status. */
function isHttpError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  );
}

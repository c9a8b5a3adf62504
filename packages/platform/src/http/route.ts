import type { Readable } from 'node:stream';
import { bodyLimitOf } from '@bangfu/contracts/core/body-limit';
import { NoInput } from '@bangfu/contracts/core/common';
import type { AnswerInputOf, BodyOf, Operation, ParamsOf, QueryOf } from '@bangfu/contracts/core/operation';
import { strictly } from '@bangfu/contracts/core/strict';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import type { Clock } from '@bangfu/domain/shared/time';
import type { Request, Response, Router } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { type Caller, readsMasked, usableGrants } from '../auth/caller.ts';
import type { Account } from '../auth/token.ts';
import { shownAnswer, whileActing } from './answer.ts';
import { readJson } from './body.ts';
import { languageOf } from './messages.ts';
import type { PublicAnswers } from './public-answers.ts';
import { requireOnce, takeInput } from './input.ts';
import { Refusal } from './refusal.ts';

/** What every route needs of its service. */
export interface RouteKit {
  readonly clock: Clock;
  readonly authenticate: (request: Request) => Promise<Account | null>;
  readonly log?: Pick<Logger, 'error'>;
  /** How long a JSON body may take to arrive, where tests want it shorter. */
  readonly bodyTimeMs?: number;
  /** Answers to the public that are given again for a moment; without it each is made each time. */
  readonly publicAnswers?: PublicAnswers;
}

/** A parsed, permitted call. `caller` is an account even on public operations: the public one. */
export interface Call<O> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  /** The raw bytes of an upload. */
  readonly upload: Readable;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly idempotencyKey: string | undefined;
  readonly request: Request;
  readonly response: Response;
}

/** As long as any client makes them; longer ones would not fit the index that finds a repeat. */
const LONGEST_KEY = 200;
const PUBLIC: Account = { id: 'public', name: '公众', countyCode: '', grants: [] };
/** An operation that declares nothing takes nothing. */
const NO_WORDS = strictly(NoInput);
const registered = new WeakMap<Router, Operation[]>();

/** The operations a router serves; the published document and the permission test are made from them. */
export function operationsOf(router: Router): readonly Operation[] {
  return registered.get(router) ?? [];
}

/**
 * Serves one operation: who calls (401), may he (403, before the body is read), is the input right (400), then the
 * handler. Its return value is the JSON answer, checked by its contract; a file or live operation writes by itself.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  router: Router,
  kit: RouteKit,
  op: Operation<P, Q, B, A>,
  handler: (call: Call<Operation<P, Q, B, A>>) => Promise<AnswerInputOf<Operation<P, Q, B, A>> | undefined>,
): void {
  registered.set(router, [...operationsOf(router), op]);
  const limit = bodyLimitOf(op);
  const method = op.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  router[method](op.path.replace(/\{(\w+)\}/g, ':$1'), async (request, response) => {
    const now = kit.clock();
    const caller = await admit(op, kit, request, now);
    const language = languageOf(request.headers['accept-language']);
    const body = op.upload || op.method === 'GET' ? {} : await readJson(request, limit, kit.bodyTimeMs);
    requireOnce(request.query, language);
    const [params, query, taken] = takeInput(
      [
        { schema: op.params ?? NO_WORDS, value: request.params },
        { schema: op.query ?? NO_WORDS, value: request.query },
        { schema: (op.upload ? undefined : op.body) ?? NO_WORDS, value: body },
      ],
      language,
    );
    const call = {
      params,
      query,
      body: taken,
      upload: request,
      caller: { ...caller, address: request.ip ?? '', requestId: String(response.getHeader('x-request-id') ?? '') },
      now,
      language,
      idempotencyKey: keyOf(request),
      request,
      response,
    } as Call<Operation<P, Q, B, A>>;
    await whileActing(
      () => answerCall(op, kit, call, handler),
      (error, isDone) => {
        // A download that breaks off has begun its answer: nothing can be said any more.
        throw isDone && !response.headersSent ? afterCommit(error, kit.log) : error;
      },
    );
  });
}

/** Calls the handler and writes its answer, unless the operation writes by itself. */
async function answerCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  op: Operation<P, Q, B, A>,
  kit: RouteKit,
  call: Call<Operation<P, Q, B, A>>,
  handler: (call: Call<Operation<P, Q, B, A>>) => Promise<AnswerInputOf<Operation<P, Q, B, A>> | undefined>,
): Promise<void> {
  const { response, language } = call;
  const { log } = kit;
  if (kit.publicAnswers && isSameForAll(op)) {
    const make = async () => JSON.stringify(shown(op, log, call, await handler(call)));
    response.type('json').send(await kit.publicAnswers.of(`${language} ${call.request.originalUrl}`, make));
    return;
  }
  const answer = await handler(call);
  if (op.answers === 'file' || op.answers === 'live') return;
  if (op.status === 204) response.status(204).end();
  else response.status(op.status ?? 200).json(shown(op, log, call, answer));
}

/** Reads of the public are the same for whoever asks. */
const isSameForAll = (op: Operation): boolean =>
  op.access === 'public' && op.method === 'GET' && op.answers !== 'file' && op.answers !== 'live';

/** An answer by its contract, masked as the caller's roles demand. */
function shown(
  op: Operation,
  log: RouteKit['log'],
  call: Pick<Call<Operation>, 'caller' | 'language'>,
  answer: unknown,
): unknown {
  const parsed = shownAnswer(op.answer, answer, call.language, (left) =>
    log?.error({ operation: op.id, left }, 'rows that cannot be shown were left out of a list'),
  );
  // Evaluation masks by itself: an evaluator sees the names of his own sample, and of no other.
  const masked = op.owner !== 'evaluation' && readsMasked(call.caller);
  return masked ? maskPersons(parsed) : parsed;
}

/** The error to answer when something failed after the command had committed: it says that the act is done. */
function afterCommit(error: unknown, log: RouteKit['log']): unknown {
  // A refused sign-in is itself recorded by a command.
  if (error instanceof Refusal && error.status === 401) return error;
  log?.error({ err: error }, 'failed after the commit');
  return new Refusal(422, 'DONE_UNSHOWN');
}

async function admit(
  op: Operation,
  kit: RouteKit,
  request: Request,
  now: Date,
): Promise<Omit<Caller, 'address' | 'requestId'>> {
  const account = await kit.authenticate(request);
  if (op.access === 'public') return { ...(account ?? PUBLIC), usable: [] };
  if (!account) throw new Refusal(401, 'NOT_SIGNED_IN');
  if (op.access === 'gateway') {
    if (!account.isGateway) throw new Refusal(403, 'NOT_GRANTED');
    return { ...account, usable: [] };
  }
  if (op.access === 'signed-in') return { ...account, usable: account.grants };
  const usable = usableGrants(account, op.access, op.owner, now);
  if (usable.length === 0) throw new Refusal(403, 'NOT_GRANTED');
  return { ...account, usable };
}

function keyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key && key.length > LONGEST_KEY) throw new Refusal(400, 'KEY_INVALID');
  return key;
}

import { z } from 'zod';
import { actKey } from './key.ts';
import { type AnswerOf, fullPath, type Operation } from './operation.ts';
import { Problem, ProblemError } from './problem.ts';

/** What an operation takes; parts it does not declare are left out. */
export interface Input<P, Q, B> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly signal?: AbortSignal;
  /** Repeats of the same act carry the same key; made anew when absent. */
  readonly idempotencyKey?: string;
}

/** Address and credentials of a platform. In a browser the cookie travels by itself. */
export interface Connection {
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Headers of every call, asked anew each time: CSRF token, cookie, API key, language. */
  readonly headers?: () => Record<string, string>;
}

function fill(path: string, params: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function address(connection: Connection, op: Operation, input: Input<unknown, unknown, unknown>): string {
  const path = fill(fullPath(op), (input.params ?? {}) as Record<string, unknown>);
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') {
      for (const each of Array.isArray(value) ? value : [value]) query.append(key, String(each));
    }
  }
  const text = query.toString();
  return `${connection.baseUrl}${path}${text ? `?${text}` : ''}`;
}

/** Sends one operation and hands back the raw answer. @throws ProblemError when the platform refuses. */
export async function send<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  connection: Connection,
  op: Operation<P, Q, B, A>,
  input: Input<z.input<P>, z.input<Q>, z.input<B>>,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...connection.headers?.() };
  let body: RequestInit['body'];
  if (op.upload) {
    headers['content-type'] = 'application/octet-stream';
    body = input.body as RequestInit['body'];
  } else if (input.body !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(input.body);
  }
  if (op.method === 'POST') headers['idempotency-key'] = input.idempotencyKey ?? actKey();
  const init: RequestInit & { duplex?: 'half' } = { method: op.method, headers };
  if (body !== undefined) init.body = body;
  if (op.upload) init.duplex = 'half';
  if (input.signal) init.signal = input.signal;
  const answer = await (connection.fetch ?? fetch)(address(connection, op, input), init);
  if (!answer.ok) throw new ProblemError(await readProblem(answer));
  return answer;
}

/** Calls one operation and parses its answer: an answer that breaks the contract is an error, not data. */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  connection: Connection,
  op: Operation<P, Q, B, A>,
  input: Input<z.input<P>, z.input<Q>, z.input<B>> = {},
): Promise<AnswerOf<Operation<P, Q, B, A>>> {
  const answer = await send(connection, op, input);
  const data: unknown = answer.status === 204 ? null : await answer.json();
  return op.answer.parse(data) as AnswerOf<Operation<P, Q, B, A>>;
}

/** Where a file operation can be fetched, for a plain link. */
export function linkTo<P extends z.ZodType, Q extends z.ZodType>(
  op: Operation<P, Q>,
  input: { params?: z.input<P>; query?: z.input<Q> } = {},
): string {
  return address({ baseUrl: '' }, op, input);
}

async function readProblem(answer: Response): Promise<z.output<typeof Problem>> {
  const text = await answer.text();
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return {
      type: 'about:blank',
      title: '服务没有正常应答',
      status: answer.status,
      code: 'NO_PROPER_ANSWER',
      detail: `HTTP ${answer.status}`,
      instance: answer.headers.get('x-request-id') ?? '',
    };
  }
}

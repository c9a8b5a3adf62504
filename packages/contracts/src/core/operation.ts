import type { Role } from '@bangfu/domain/shared/roles';
import type { z } from 'zod';
import { readably } from './readable.ts';
import { strictly } from './strict.ts';

export const SERVICES = ['identification', 'pairing', 'industry', 'training', 'evaluation'] as const;
export type ServiceName = (typeof SERVICES)[number];
/** Who answers: one of the five services under /api/<service>, or the gateway itself under /api. */
export type Owner = ServiceName | 'gateway';

/**
 * Who may call: anyone, anyone signed in (for what concerns himself), the gateway for itself and no account at all, or
 * the holders of one of the roles.
 */
export type Access = 'public' | 'signed-in' | 'gateway' | readonly Role[];

/**
 * One capability of the platform. The same object drives the route, the typed client, the OpenAPI document, the audit
 * and permission declaration and the list the permission test walks.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly owner: Owner;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under /api/<service>, or /api for the gateway; parameters in braces. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly access: Access;
  /** Open to everyone who types a number printed on a paper: tries are counted, so that no one walks through all numbers. */
  readonly byTypedNumber?: true;
  /** The action an audit row carries; required for everything that changes something or reveals sensitive data. */
  readonly audit?: string;
  readonly params?: Params;
  readonly query?: Query;
  /** Of a list: why it is not sorted at all, or by which columns of its answer not and why. */
  readonly unsorted?: string | Readonly<Record<string, string>>;
  /** JSON by default; `upload` streams raw bytes instead, with the file's name in the query. */
  readonly body?: Body;
  readonly upload?: true;
  readonly answer: Answer;
  /** JSON by default; a file is streamed, live is a stream of server-sent events of `answer`. */
  readonly answers?: 'json' | 'file' | 'live';
  readonly status?: 200 | 201 | 202 | 204;
}

/**
 * Declares an operation; what it takes is strict at each depth and its texts are readable.
 * @throws Error, so that its service does not start, when one that writes names no audit action
 */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  definition: Operation<P, Q, B, A>,
): Operation<P, Q, B, A> {
  if (definition.method !== 'GET' && !definition.audit) {
    throw new Error(`${definition.id} changes something and names no audit action`);
  }
  const { params, query, body } = definition;
  return {
    ...definition,
    ...(params && { params: strictly(params) }),
    ...(query && { query: strictly(query) }),
    ...(body && { body: readably(strictly(body)) }),
  };
}

export type ParamsOf<O> = O extends Operation<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<O> = O extends Operation<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<O> = O extends Operation<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type AnswerOf<O> = O extends Operation<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;
export type AnswerInputOf<O> = O extends Operation<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.input<A> : never;

/** The path from the root of the address, still with its parameters in braces. */
export function fullPath(op: Operation): string {
  return op.owner === 'gateway' ? `/api${op.path}` : `/api/${op.owner}${op.path}`;
}

/** Readers of what shows villagers unmasked, as papers and photos do: evaluators and auditors are not among them. */
export function unmaskedReaders(readers: readonly Role[]): readonly Role[] {
  return readers.filter((role) => role !== 'evaluator' && role !== 'auditor');
}

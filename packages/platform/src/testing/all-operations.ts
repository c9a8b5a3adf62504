import type { Server } from 'node:http';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath, type Operation } from '@bangfu/contracts/core/operation';
import type { Problem } from '@bangfu/contracts/core/problem';
import { defOf, fieldsOf, INNER_PARTS } from '@bangfu/contracts/core/strict';
import { ROLES } from '@bangfu/domain/shared/roles';
import express, { Router } from 'express';
import type { z } from 'zod';
import { problemHandler } from '../http/problem.ts';
import { type Call, route, type RouteKit } from '../http/route.ts';
import { makeLog } from '../logging/log.ts';
import { EDGES, edgyPlaces, validValue, withAt } from './valid-input.ts';

const SOMETHING = '01a20468-32ad-7d75-9ac5-f964ab1f0142';

type Handler = (call: Call<Operation>) => Promise<unknown>;

/**
 * Serves every operation of the platform to an account with every role, each with a handler of the test's own; without
 * one a call whose input is taken answers 500.
 */
export function serveAllOperations(
  handlerOf: (op: Operation) => Handler = () => () => Promise.reject(new Error('taken')),
  more: Partial<RouteKit> = {},
): Promise<{ server: Server; address: string }> {
  const router = Router();
  const grants = ROLES.map((role) => ({ role, scope: { kind: 'platform' as const } }));
  const kit = {
    clock: () => new Date(),
    authenticate: () => Promise.resolve({ id: 'all', name: 'all', countyCode: '', grants, isGateway: true as const }),
    ...more,
  };
  for (const op of ALL_OPERATIONS) {
    route(router, kit, { ...op, path: fullPath(op) }, handlerOf(op));
  }
  const app = express();
  app.set('query parser', 'simple');
  app.use(router);
  app.use(problemHandler({}, makeLog('test', 'silent')));
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const at = server.address();
      resolve({ server, address: `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}` });
    });
  });
}

/** The address of an operation with every parameter filled by something well-formed. */
export const filledPath = (op: Operation) => fullPath(op).replace(/\{\w+\}/g, SOMETHING);

/** Values that reach each object of a schema: one for each choice of a union; what is no object may be wrong in it. */
export function skeletons(schema: z.ZodType): unknown[] {
  const def = defOf(schema);
  if (Array.isArray(def['options'])) return (def['options'] as z.ZodType[]).flatMap(skeletons);
  if (def.type === 'literal') return [(def['values'] as unknown[])[0]];
  if (def.type === 'object') {
    const fields = Object.entries(fieldsOf(def)).map(([name, field]) => ({ name, values: skeletons(field) }));
    const most = Math.max(1, ...fields.map(({ values }) => values.length));
    return Array.from({ length: most }, (_, at) =>
      Object.fromEntries(fields.map(({ name, values }) => [name, values[Math.min(at, values.length - 1)]])),
    );
  }
  if (def.type === 'array') return skeletons(def['element'] as z.ZodType).map((each) => [each]);
  if (def.type === 'record') return skeletons(def['valueType'] as z.ZodType).map((each) => ({ some: each }));
  const inner = INNER_PARTS.map((part) => def[part]).find(Boolean);
  return inner ? skeletons(inner as z.ZodType) : [null];
}

/** Every place in a value where an object is, as a path. */
export function objectsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...path, key]));
  return Array.isArray(value) ? within : [path, ...within];
}

/** What one call answered. */
export interface Said {
  readonly operation: string;
  readonly status: number;
  readonly problem: Problem | null;
}

/** Calls operations one after the other with an input that each of them takes. */
export async function callEvery(address: string, operations: readonly Operation[]): Promise<Said[]> {
  const said: Said[] = [];
  for (const op of operations) {
    const query = new URLSearchParams(valueOf(op.query)).toString();
    const answer = await fetch(`${address}${filledWith(op, valueOf(op.params))}${query && `?${query}`}`, {
      method: op.method,
      headers: { 'content-type': op.upload ? 'application/octet-stream' : 'application/json' },
      ...(op.method !== 'GET' && { body: op.upload ? 'x' : JSON.stringify(valueOf(op.body)) }),
    });
    const text = await answer.text();
    said.push({ operation: op.id, status: answer.status, problem: answer.ok ? null : (JSON.parse(text) as Problem) });
  }
  return said;
}

/** The address of an operation with its parameters. */
export const filledWith = (op: Operation, params: Readonly<Record<string, unknown>>) =>
  fullPath(op).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));

type Place = ReturnType<typeof edgyPlaces>[number];

/** A part of a request with each of its numbers, days and texts at each edge, everything else as it should be. */
function edged(schema: z.ZodType | undefined): unknown[] {
  if (!schema) return [];
  const value = validValue(schema) ?? {};
  return edgyPlaces(schema).flatMap(({ path, kind }: Place) =>
    EDGES[kind].map((edge: unknown) => withAt(value, path, edge)),
  );
}

/** Requests that hold one edge each, of operations that take JSON: in the address' words, the body, the path. */
export function* edgeRequests(operations: readonly Operation[]) {
  for (const op of operations.filter((each) => !each.upload && each.answers !== 'live')) {
    const valid = { params: valueOf(op.params), query: valueOf(op.query), body: valueOf(op.body) };
    const asText = (query: unknown) => new URLSearchParams(query as Record<string, string>).toString();
    for (const params of edged(op.params)) {
      yield { op, params: params as Record<string, unknown>, query: asText(valid.query), body: valid.body };
    }
    for (const query of edged(op.query)) yield { op, params: valid.params, query: asText(query), body: valid.body };
    for (const body of edged(op.body)) yield { op, params: valid.params, query: asText(valid.query), body };
  }
}

/** A valid value of a part of a request, or nothing where it has none. */
export const valueOf = (schema: z.ZodType | undefined): Record<string, never> =>
  (schema ? validValue(schema) : {}) as Record<string, never>;

import type { Server } from 'node:http';
import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { fullPath, type Operation } from '@bangfu/contracts/core/operation';
import { defOf, fieldsOf, INNER_PARTS } from '@bangfu/contracts/core/strict';
import { ROLES } from '@bangfu/domain/shared/roles';
import express, { Router } from 'express';
import type { z } from 'zod';
import { problemHandler } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { makeLog } from '../logging/log.ts';

const SOMETHING = '01a20468-32ad-7d75-9ac5-f964ab1f0142';

/** Serves every operation of the platform to an account with every role; a call whose input is taken answers 500. */
export function serveAllOperations(): Promise<{ server: Server; address: string }> {
  const router = Router();
  const grants = ROLES.map((role) => ({ role, scope: { kind: 'platform' as const } }));
  const kit = {
    clock: () => new Date(),
    authenticate: () => Promise.resolve({ id: 'all', name: 'all', countyCode: '', grants }),
  };
  for (const op of ALL_OPERATIONS) {
    route(router, kit, { ...op, path: fullPath(op) }, () => Promise.reject(new Error('taken')));
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

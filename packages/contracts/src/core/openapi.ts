import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { fullPath, type Operation } from './operation.ts';
import { Problem } from './problem.ts';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

const MEDIA = { json: 'application/json', file: 'application/octet-stream', live: 'text/event-stream' } as const;

function rolesOf({ access }: Operation): string {
  if (access === 'gateway') return '\n\nThe gateway only, by a token of its own';
  return typeof access === 'string' ? '' : `\n\nRoles: ${access.join(', ')}`;
}

function describe(op: Operation): ZodOpenApiOperationObject {
  const open = op.access === 'public';
  const media = MEDIA[op.answers ?? 'json'];
  const status = String(op.status ?? 200);
  return {
    operationId: op.id,
    tags: [op.owner],
    summary: op.summary.zh,
    description: `${op.summary.en}${rolesOf(op)}`,
    security: open ? [] : [{ session: [] }, { key: [] }],
    ...(op.params || op.query
      ? {
          requestParams: {
            ...(op.params ? { path: op.params as z.ZodObject } : {}),
            ...(op.query ? { query: op.query as z.ZodObject } : {}),
          },
        }
      : {}),
    ...(op.upload
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } },
          },
        }
      : op.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: op.body } } } }
        : {}),
    responses: {
      [status]: {
        description: op.summary.en,
        ...(status === '204' ? {} : { content: { [media]: { schema: op.answer } } }),
      },
      ...(op.params || op.query || op.body ? { '400': problem('The input is not as described') } : {}),
      ...(open ? {} : { '401': problem('Not signed in'), '403': problem('Not granted') }),
      ...(op.params ? { '404': problem('Unknown, or outside the scope') } : {}),
      ...(op.method === 'GET'
        ? {}
        : { '409': problem('Changed by someone else'), '422': problem('Refused by a rule') }),
      default: problem('Failed'),
    },
  };
}

/** The OpenAPI 3.1 document of a set of operations; paths are complete from the root. */
export function openApiDocument(title: string, operations: readonly Operation[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const op of operations) {
    const path = fullPath(op);
    paths[path] ??= {};
    paths[path][op.method.toLowerCase()] = describe(op);
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title, version: '1.0.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'bangfu.session_token' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}

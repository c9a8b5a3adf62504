import { readFileSync } from 'node:fs';
import { ROLES } from '@bangfu/domain/shared/roles';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ALL_OPERATIONS } from './all.ts';
import { openApiDocument } from './core/openapi.ts';
import { shownOncePaths } from './core/shown-once.ts';
import { defOf, fieldsOf, INNER_PARTS } from './core/strict.ts';
import { fullPath, SERVICES } from './core/operation.ts';
import { opensTo } from './core/access.ts';
import { SERVICES_OF_ROLE } from './core/service-access.ts';

/** The operations that guard the places of a service's front end, as its own list of places names them. */
function placesOf(service: string): string[] {
  const source = readFileSync(new URL(`../../../apps/${service}-admin/src/places.tsx`, import.meta.url), 'utf8');
  return [...source.matchAll(/opens: (\w+)/g)].map(([, id]) => id ?? '');
}

describe('given all operations of the platform', () => {
  it('when the whole document is made, then every operation stands in it once', () => {
    const document = openApiDocument('bangfu', ALL_OPERATIONS);
    const described = Object.values(document.paths ?? {}).flatMap((path) => Object.keys(path ?? {}));
    expect(described).toHaveLength(ALL_OPERATIONS.length);
  });

  it('when two operations share method and path, then that is an error of ours', () => {
    const places = ALL_OPERATIONS.map((op) => `${op.method} ${fullPath(op)}`);
    expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([]);
  });

  it.each(ROLES)('when somebody is %s, then the services offered are those with a place that opens', (role) => {
    const grants = [{ role, scope: { kind: 'platform' as const } }];
    const opens = (service: string) =>
      placesOf(service).some((id) => {
        const op = ALL_OPERATIONS.find((each) => each.id === id);
        return op !== undefined && opensTo(op.access, grants, 0);
      });
    expect(SERVICES.filter(opens)).toEqual(SERVICES_OF_ROLE[role]);
  });

  it.each(SERVICES)('when %s has a place, then an operation of the platform guards it', (service) => {
    const ids = placesOf(service);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !ALL_OPERATIONS.some((op) => op.id === id))).toEqual([]);
  });

  it('when an operation changes something, then it names its audit action', () => {
    expect(ALL_OPERATIONS.filter((op) => op.method !== 'GET' && !op.audit).map((op) => op.id)).toEqual([]);
  });

  it('when an answer carries a password or a key, then its contract marks it as shown once', () => {
    const isSecret = (path: readonly string[]) => /password|secret|^key$|pin$/i.test(path.at(-1) ?? '');
    const leaves = (schema: z.ZodType, path: readonly string[] = []): (readonly string[])[] => {
      const def = defOf(schema);
      if (def.type === 'object') {
        return Object.entries(fieldsOf(def)).flatMap(([name, field]) => leaves(field, [...path, name]));
      }
      if (Array.isArray(def['options'])) return (def['options'] as z.ZodType[]).flatMap((each) => leaves(each, path));
      const inner = INNER_PARTS.flatMap((part) => (def[part] ? [def[part] as z.ZodType] : []));
      return def.type === 'string' ? [path] : inner.flatMap((part) => leaves(part, path));
    };
    const unmarked = ALL_OPERATIONS.filter(({ method }) => method !== 'GET').flatMap((op) => {
      const shown = shownOncePaths(op.answer).map((path) => path.filter((step) => step !== '*').join('.'));
      const secrets = leaves(op.answer)
        .filter(isSecret)
        .map((path) => path.join('.'));
      return secrets.filter((path) => !shown.includes(path)).map((path) => `${op.id} ${path}`);
    });
    expect(unmarked).toEqual([]);
    expect(ALL_OPERATIONS.filter(({ answer }) => shownOncePaths(answer).length > 0).length).toBeGreaterThan(3);
  });

  it('when an operation changes something, then neither evaluators nor auditors may call it', () => {
    const open = ALL_OPERATIONS.filter(
      (op) =>
        op.method !== 'GET' &&
        Array.isArray(op.access) &&
        op.access.some((role) => role === 'evaluator' || role === 'auditor'),
    );
    expect(open.map((op) => op.id)).toEqual([]);
  });
});

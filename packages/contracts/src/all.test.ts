import { readFileSync } from 'node:fs';
import { ROLES } from '@bangfu/domain/shared/roles';
import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS } from './all.ts';
import { openApiDocument } from './core/openapi.ts';
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

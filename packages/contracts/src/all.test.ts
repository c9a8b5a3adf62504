import { ROLES } from '@bangfu/domain/shared/roles';
import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS } from './all.ts';
import { everyService } from './core/every-service.ts';
import { openApiDocument } from './core/openapi.ts';
import { fullPath, SERVICES } from './core/operation.ts';
import { SERVICES_OF_ROLE } from './core/service-access.ts';

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

  it.each(ROLES)(
    'when somebody is %s, then the services listed for the role are those with an operation for it',
    (role) => {
      const common = new Set(SERVICES.flatMap((service) => Object.values(everyService(service)).map(({ id }) => id)));
      const own = ALL_OPERATIONS.filter(
        (op) => !common.has(op.id) && Array.isArray(op.access) && op.access.includes(role),
      );
      expect(SERVICES.filter((service) => own.some(({ owner }) => owner === service))).toEqual(SERVICES_OF_ROLE[role]);
    },
  );

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

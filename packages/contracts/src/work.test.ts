import { ROLES } from '@bangfu/domain/shared/roles';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALL_OPERATIONS } from './all.ts';
import { WORK_KINDS, type WorkKind } from './core/work.ts';
import { policyFields } from './core/policy-fields.ts';
import { ALL_POLICIES } from './policies.ts';
import { OPENABLE_KINDS } from './identification/cases.ts';

const kinds = Object.keys(WORK_KINDS) as WorkKind[];
const operationOf = (service: string, id: string) => ALL_OPERATIONS.find((op) => op.owner === service && op.id === id);
const opens = (access: unknown, role: string) => Array.isArray(access) && access.includes(role);

it.each(kinds.flatMap((kind) => ROLES.map((role) => [kind, role] as const)))(
  '%s: where the act is open to %s, so is the page that its button leads to',
  (kind, role) => {
    const { service, act, reads } = WORK_KINDS[kind];
    const [done, read] = [operationOf(service, act), operationOf(service, reads)];
    expect([done?.id, read?.id]).toEqual([act, reads]);
    expect(read?.method).toBe('GET');
    if (opens(done?.access, role)) expect(opens(read?.access, role)).toBe(true);
  },
);

it.each(OPENABLE_KINDS.flatMap((kind) => PROCEDURES[kind].slice(1)))(
  'the step $id of a case is a kind of work whose act is open to all its roles',
  ({ id, roles }) => {
    const { service, act } = WORK_KINDS[`case-${id}` as WorkKind];
    expect(roles.filter((role) => !opens(operationOf(service, act)?.access, role))).toEqual([]);
  },
);

/** Work that is due by another day than that of a deadline. */
const DUE_BY: Readonly<Partial<Record<WorkKind, string>>> = {
  'visit-due': 'the rhythm of visits, of the policy of pairing',
  'dividend-to-declare': 'the policy of dividends',
  'dividend-to-submit': 'the policy of dividends',
  'dividend-to-pay': 'the policy of dividends',
  'attendance-to-record': 'the day of the session',
  'class-to-fill': 'the first day of the class',
  'frame-to-freeze': 'the plan of the evaluation',
  'seed-to-publish': 'the plan of the evaluation',
  'sample-to-draw': 'the plan of the evaluation',
  'sample-to-visit': 'the plan of the evaluation',
  'returns-to-import': 'the plan of the evaluation',
  'rates-to-compute': 'the plan of the evaluation',
};
const deadlines = ALL_POLICIES.flatMap(({ policies }) => policies.filter(({ key }) => key.endsWith('-deadlines')));

it.each(kinds)('%s has a deadline of its service, a step of a procedure, or another day that is said', (kind) => {
  const own = deadlines.filter((policy) => policyFields(policy).some(({ name }) => name === kind));
  const isElsewhere = kind.startsWith('case-') || kind in DUE_BY;
  expect(own.map(({ service }) => service)).toEqual(isElsewhere ? [] : [WORK_KINDS[kind].service]);
});

it('a deadline is of a kind of work', () => {
  expect(
    deadlines.flatMap((policy) => policyFields(policy).map(({ name }) => name)).filter((name) => !(name in WORK_KINDS)),
  ).toEqual([]);
});

const address = (path: string) => new URL(`../../../apps/${path}`, import.meta.url);
const source = (path: string) => readFileSync(address(path), 'utf8');
/** Where a service says what waits: one query, or one of a kind of record beside it. */
const workOf = (service: string) =>
  readdirSync(address(`${service}-service/src/features/overview`), { recursive: true, encoding: 'utf8' })
    .filter((name) => /work(?:\.query)?\.ts$/.test(name))
    .map((name) => source(`${service}-service/src/features/overview/${name}`))
    .join('\n');

it.each(kinds)('%s leads to a page its front end has, and its service links there', (kind) => {
  const { service, page } = WORK_KINDS[kind];
  const pages = [...source(`${service}-admin/src/routes.tsx`).matchAll(/path: '([^']+)'/g)].map(([, path]) => path);
  expect(pages).toContain(page);
  const isStep = kind.startsWith('case-');
  const steps = `${service}-service/src/features/cases/waiting-cases/waiting-cases.ts`;
  const listed = isStep ? source(steps) : workOf(service);
  const [place = ''] = page.split('/:');
  expect(listed).toContain(`/${service}/${place}`);
  expect(listed).toContain(isStep ? 'case-' : `'${kind}'`);
});

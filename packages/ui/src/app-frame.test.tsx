import { expect, it } from 'vitest';
import { openPlaces } from './app-frame.tsx';
import type { PlaceGroup } from './shell-types.tsx';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const region = { kind: 'region' as const, code: '211382000000', name: '' };
const GROUPS: readonly PlaceGroup[] = [
  { label: 'all', places: [{ path: '/', label: 'home', icon: null }] },
  {
    label: 'data',
    places: [
      { path: '/imports', label: 'imports', icon: null, opens: { access: ['county-office'] } },
      { path: '/quality', label: 'quality', icon: null, opens: { access: ['county-office', 'auditor'] } },
    ],
  },
];
const pathsFor = (...grants: Parameters<typeof openPlaces>[1]) =>
  openPlaces(GROUPS, grants, NOW).map(({ places }) => places.map(({ path }) => path));

it('given places that want a grant, then the menu offers those the person’s grants in force open', () => {
  expect(pathsFor({ role: 'county-office', scope: region })).toEqual([['/'], ['/imports', '/quality']]);
  expect(pathsFor({ role: 'auditor', scope: region })).toEqual([['/'], ['/quality']]);
  expect(pathsFor({ role: 'auditor', scope: region, until: '2026-03-01T00:00:00Z' })).toEqual([['/']]);
});

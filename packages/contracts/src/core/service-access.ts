import type { Grant, Role } from '@bangfu/domain/shared/roles';
import type { ServiceName } from './operation.ts';

const ALL = ['identification', 'pairing', 'industry', 'training', 'evaluation'] as const;
const OFFICERS = ['identification', 'pairing', 'industry', 'training'] as const;

/**
 * The services whose front end has a place that opens for a role. Follows from the places and their operations' access,
 * which a test compares; written out here so that a front end need not load every contract.
 */
export const SERVICES_OF_ROLE: Readonly<Record<Role, readonly ServiceName[]>> = {
  'system-administrator': ALL,
  'county-office': ALL,
  'county-leader': ALL,
  department: [],
  'township-officer': OFFICERS,
  'township-leader': OFFICERS,
  'village-officer': OFFICERS,
  helper: ['pairing'],
  'unit-manager': ['pairing'],
  entity: ['industry'],
  'training-provider': ['training'],
  finance: ['industry'],
  auditor: ALL,
  evaluator: ALL,
  household: ['industry'],
};

/** Whether a service has something for one of the grants. */
export function isOffered(grants: readonly Grant[], service: ServiceName): boolean {
  return grants.some(({ role, scope }) =>
    scope.kind === 'evaluation' ? scope.services.includes(service) : SERVICES_OF_ROLE[role].includes(service),
  );
}

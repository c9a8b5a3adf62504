import type { Role } from '@bangfu/domain/shared/roles';
import type { ServiceName } from './operation.ts';

const ALL = ['identification', 'pairing', 'industry', 'training', 'evaluation'] as const;
const OFFICERS = ['identification', 'pairing', 'industry', 'training'] as const;

/**
 * The services that have something for a role, beside what every service has for all. Follows from the operations'
 * access, which a test compares; written out here so that a front end need not load every contract.
 */
export const SERVICES_OF_ROLE: Readonly<Record<Role, readonly ServiceName[]>> = {
  'system-administrator': ['evaluation'],
  'county-office': ALL,
  'county-leader': ALL,
  department: ['identification'],
  'township-officer': OFFICERS,
  'township-leader': OFFICERS,
  'village-officer': OFFICERS,
  helper: ['pairing'],
  'unit-manager': ['pairing'],
  entity: ['industry'],
  'training-provider': ['training'],
  finance: ['identification', 'industry'],
  auditor: ALL,
  evaluator: ALL,
  household: ['industry'],
};

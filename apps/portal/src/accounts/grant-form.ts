import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { Grant, Role, Scope } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';

/** What is entered for a grant; which of the fields are asked depends on the role. */
export interface GrantEntry {
  readonly role: Role;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly id?: string;
  readonly services?: readonly ServiceName[];
  readonly until?: BusinessDay | null;
}

/** The scope each role is given in here; the platform's administration of a region alone is given by the command line. */
export const SCOPE_ASKED: Readonly<Record<Role, Scope['kind']>> = {
  'system-administrator': 'platform',
  'county-office': 'region',
  'county-leader': 'region',
  department: 'region',
  'township-officer': 'region',
  'township-leader': 'region',
  'village-officer': 'region',
  helper: 'helper',
  'unit-manager': 'unit',
  entity: 'entity',
  'training-provider': 'provider',
  finance: 'region',
  auditor: 'region',
  evaluator: 'evaluation',
  household: 'household',
};

function scopeOf(entry: GrantEntry): Scope {
  const kind = SCOPE_ASKED[entry.role];
  const id = entry.id?.trim() ?? '';
  if (kind === 'platform') return { kind };
  if (kind === 'region') return { kind, code: entry.region ?? '' };
  if (kind === 'evaluation') return { kind, id, regions: entry.regions ?? [], services: entry.services ?? [] };
  return { kind, id };
}

/** The grant an entry means; a last day is included, so the grant ends when the next one begins. */
export function grantOf(entry: GrantEntry): Grant {
  const until = entry.until ? { until: startOfDay(addDays(entry.until, 1)).toISOString() } : {};
  return { role: entry.role, scope: scopeOf(entry), ...until };
}

/** The last day on which a grant holds; null for one without end. */
export function lastDayOf(grant: Grant): BusinessDay | null {
  return grant.until === undefined ? null : businessDayOf(new Date(Date.parse(grant.until) - 1));
}

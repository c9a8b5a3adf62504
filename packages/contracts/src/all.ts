import { everyService } from './core/every-service.ts';
import { type Operation, SERVICES } from './core/operation.ts';
import * as accounts from './gateway/accounts.ts';
import * as audit from './gateway/audit.ts';
import * as county from './gateway/county.ts';
import * as keys from './gateway/keys.ts';
import * as session from './gateway/session.ts';
import * as households from './identification/households.ts';
import * as imports from './identification/imports.ts';
import * as regions from './identification/regions.ts';

/** Every file that declares operations. One that is missing here is missing in the published document and in the permission test. */
const MODULES: readonly object[] = [
  session,
  accounts,
  keys,
  county,
  audit,
  ...SERVICES.map((service) => everyService(service)),
  households,
  imports,
  regions,
];

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'owner' in value && 'method' in value && 'access' in value;
}

/** All operations of the platform, each once, in the order of the files that declare them. */
export const ALL_OPERATIONS: readonly Operation[] = [
  ...new Map(
    MODULES.flatMap((module) => Object.values(module).filter(isOperation)).map((op) => [op.id, op] as const),
  ).values(),
];

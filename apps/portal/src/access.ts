import { opensTo } from '@bangfu/contracts/core/access';
import { everyService } from '@bangfu/contracts/core/every-service';
import type { Access } from '@bangfu/contracts/core/operation';
import { listAccounts } from '@bangfu/contracts/gateway/accounts';
import { listGatewayParkedEvents, verifyEverything } from '@bangfu/contracts/gateway/audit';
import { getMyHousehold } from '@bangfu/contracts/gateway/county';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { listRegions } from '@bangfu/contracts/identification/regions';
import { type Grant, type Role, ROLES } from '@bangfu/domain/shared/roles';

/** Whoever reads households by region or his own, and those whom pairing knows as helpers. */
const LOOKS_AT_DOSSIERS = new Set(
  [everyService('identification'), everyService('pairing')].flatMap(({ getDossier }) => rolesOf(getDossier.access)),
);
/** Everybody but households, who start no work and wait for none. */
const NOT_HOUSEHOLDS = ROLES.filter((role) => role !== 'household');

/** Who can use a place: whoever may call the operation it lives from. Places not named here are everyone's. */
const PLACE_ACCESS: Readonly<Record<string, Access>> = {
  '/search': listHouseholds.access,
  '/dossiers': [...LOOKS_AT_DOSSIERS],
  '/mine': getMyHousehold.access,
  '/jobs': NOT_HOUSEHOLDS,
  '/county': everyService('identification').getHome.access,
  '/accounts': listAccounts.access,
  '/regions': listRegions.access,
  '/audit': verifyEverything.access,
  '/parked': listGatewayParkedEvents.access,
};

/** Whether the place an address lies in can be used with these grants. */
export function mayOpen(path: string, grants: readonly Grant[], now: Date): boolean {
  const access = accessOf(path);
  return access === undefined || opensTo(access, grants, now.getTime());
}

/** What guards the place an address lies in; nothing for places open to everyone signed in. */
export function accessOf(path: string): Access | undefined {
  return PLACE_ACCESS[`/${path.split('/')[1] ?? ''}`];
}

/** The roles that may use what an access guards; none where no role is needed. */
export function rolesOf(access: Access | undefined): readonly Role[] {
  return access === undefined || typeof access === 'string' ? [] : access;
}

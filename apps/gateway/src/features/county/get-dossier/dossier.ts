import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES, type ServiceName } from '@bangfu/contracts/core/operation';
import { type Caller, usableGrants } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import type { Asking } from '../../../services/ask.ts';
import { findHousehold } from '../../../services/households.ts';

/** Who reaches households by pairing alone; the other services do not know whom he helps. */
const BY_PAIRING = ['helper', 'unit-manager'] as const;
/** The services that show a household its own file. */
const SHOWS_ITS_OWN: readonly ServiceName[] = SERVICES.filter((service) => {
  const { access } = everyService(service).getDossier;
  return access.includes('household');
});

function askPart(gateway: Gateway, service: ServiceName, householdNumber: string, asking: Asking) {
  return gateway.services.ask(service, everyService(service).getDossier, { params: { householdNumber } }, asking);
}

/**
 * A token of the caller's that opens this household's file and no other, when pairing says that he, or his unit's
 * cadre, helps it now; null for everybody else.
 */
async function helpersToken(gateway: Gateway, caller: Caller, householdNumber: string, asking: Asking) {
  const grants = usableGrants(caller, BY_PAIRING, 'pairing', gateway.clock());
  if (grants.length === 0) return null;
  const narrow = { ...asking, token: await gateway.tokenFor(caller, grants) };
  const helps = await askPart(gateway, 'pairing', householdNumber, narrow);
  if (helps.state !== 'answered') return null;
  const household = await findHousehold(gateway, { number: householdNumber }, caller);
  if (!household) return null;
  return gateway.tokenFor(caller, [{ role: 'household', scope: { kind: 'household', id: household.id } }]);
}

/**
 * A household's dossier from all services; one that is late or knows nothing of it has no part. A helper sees of his
 * own households what the household itself sees.
 * @throws Refusal 404 when all answered and none knows the household, or none shows it to the caller
 */
export async function dossier(kit: Gateway, caller: Caller, householdNumber: string, asking: Asking) {
  const token = await helpersToken(kit, caller, householdNumber, asking);
  const parts = await Promise.all(
    SERVICES.map(async (service) => {
      const own = await askPart(kit, service, householdNumber, asking);
      const byHelp = own.state === 'refused' && token !== null && SHOWS_ITS_OWN.includes(service);
      const asked = byHelp ? await askPart(kit, service, householdNumber, { ...asking, token }) : own;
      return { service, absent: asked.state === 'absent', dossier: asked.state === 'answered' ? asked.data : null };
    }),
  );
  if (parts.every((part) => !part.absent && !part.dossier)) throw notFound();
  return { householdNumber, parts };
}

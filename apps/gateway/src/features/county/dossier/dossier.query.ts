import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Gateway } from '../../../gateway.ts';
import type { Asking } from '../../../services/ask.ts';

/**
 * A household's dossier from all services; one that is late or knows nothing of it has no part.
 * @throws Refusal 404 when all answered and none knows the household, or none shows it to the caller
 */
export async function dossier(gateway: Gateway, householdNumber: string, asking: Asking) {
  const parts = await Promise.all(
    SERVICES.map(async (service) => {
      const input = { params: { householdNumber } };
      const asked = await gateway.services.ask(service, everyService(service).getDossier, input, asking);
      return { service, absent: asked.state === 'absent', dossier: asked.state === 'answered' ? asked.data : null };
    }),
  );
  if (parts.every((part) => !part.absent && !part.dossier)) throw notFound();
  return { householdNumber, parts };
}

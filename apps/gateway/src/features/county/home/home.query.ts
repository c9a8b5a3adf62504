import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import type { Gateway } from '../../../gateway.ts';
import type { Asking } from '../../../services/ask.ts';

/** The figures of all services the caller may see; as of the oldest among them. */
export async function countyHome(gateway: Gateway, asking: Asking) {
  const parts = await Promise.all(
    SERVICES.map(async (service) => {
      const asked = await gateway.services.ask(service, everyService(service).getHome, {}, asking);
      return { service, absent: asked.state === 'absent', home: asked.state === 'answered' ? asked.data : null };
    }),
  );
  const times = parts.flatMap(({ home }) => (home ? [home.asOf] : [])).sort();
  return { county: { code: gateway.countyCode, name: await gateway.countyName() }, asOf: times[0] ?? null, parts };
}

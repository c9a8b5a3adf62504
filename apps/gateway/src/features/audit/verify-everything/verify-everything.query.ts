import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import { verifyAudit } from '@bangfu/platform/audit/seal';
import type { Gateway } from '../../../gateway.ts';
import type { Asking } from '../../../services/ask.ts';

/** Walks every chain of the installation and adds up; a service that was not verified is named, not passed over. */
export async function verifyEverything(gateway: Gateway, asking: Asking) {
  const own = verifyAudit(gateway.pool).then((data) => ({ owner: 'gateway', service: null, data }));
  const theirs = SERVICES.map(async (service) => {
    const asked = await gateway.services.ask(service, everyService(service).verifyAudit, {}, asking);
    return { owner: service, service, data: asked.state === 'answered' ? asked.data : null };
  });
  const all = await Promise.all([own, ...theirs]);
  return {
    checked: all.reduce((sum, { data }) => sum + (data?.checked ?? 0), 0),
    unsealed: all.reduce((sum, { data }) => sum + (data?.unsealed ?? 0), 0),
    broken: all.flatMap(({ owner, data }) =>
      (data?.broken ?? []).map((link) => ({ ...link, what: `${owner}: ${link.what}` })),
    ),
    absent: all.flatMap(({ service, data }) => (service && !data ? [service] : [])),
  };
}

import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/gateway/audit';
import { verifyAudit } from '@bangfu/platform/audit/seal';
import { query } from '../../../operations.ts';
import { askingFor } from '../../../services/asking.ts';

/** A county's chain has some ten million rows after years; walking it takes minutes. */
const VERIFICATION_MS = 15 * 60_000;

/** Walks every chain of the installation and adds up; a service that was not verified is named, not passed over. */
export const verifyEverything = query(contract.verifyEverything, async (call) => {
  const { kit } = call;
  const asking = askingFor(call, VERIFICATION_MS);
  const own = verifyAudit(kit.pool).then((data) => ({ owner: 'gateway', service: null, data }));
  const theirs = SERVICES.map(async (service) => {
    const asked = await kit.services.ask(service, everyService(service).verifyAudit, {}, asking);
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
});

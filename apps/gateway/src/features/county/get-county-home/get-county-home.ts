import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/gateway/county';
import { query } from '../../../operations.ts';
import { askingFor } from '../../../services/asking.ts';

/** The figures of all services the caller may see; as of the oldest among them. */
export const getCountyHome = query(contract.getCountyHome, async (call) => {
  const { kit } = call;
  const asking = askingFor(call);
  const parts = await Promise.all(
    SERVICES.map(async (service) => {
      const asked = await kit.services.ask(service, everyService(service).getHome, {}, asking);
      return { service, absent: asked.state === 'absent', home: asked.state === 'answered' ? asked.data : null };
    }),
  );
  const times = parts.flatMap(({ home }) => (home ? [home.asOf] : [])).sort();
  return { county: { code: kit.countyCode, name: await kit.countyName() }, asOf: times[0] ?? null, parts };
});

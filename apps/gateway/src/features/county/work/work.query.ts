import { everyService, type WorkItem } from '@bangfu/contracts/core/every-service';
import { SERVICES, type ServiceName } from '@bangfu/contracts/core/operation';
import type { Gateway } from '../../../gateway.ts';
import type { Asking } from '../../../services/ask.ts';

/** What has no deadline comes last. */
const NO_DEADLINE = '9999-12-31';

type Item = WorkItem & { readonly service: ServiceName };

function byDeadline(a: Item, b: Item): number {
  const [first, second] = [a.due ?? NO_DEADLINE, b.due ?? NO_DEADLINE];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** What waits for the caller in all services, by deadline; services that did not answer are named. */
export async function myWork(gateway: Gateway, asking: Asking) {
  const asked = await Promise.all(
    SERVICES.map(async (service) => ({
      service,
      answer: await gateway.services.ask(service, everyService(service).listWork, {}, asking),
    })),
  );
  const lists = asked.flatMap(({ service, answer }) =>
    answer.state === 'answered' ? [{ service, ...answer.data }] : [],
  );
  return {
    items: lists.flatMap(({ service, items }) => items.map((item) => ({ ...item, service }))).sort(byDeadline),
    total: lists.reduce((sum, list) => sum + list.total, 0),
    absent: asked.flatMap(({ service, answer }) => (answer.state === 'absent' ? [service] : [])),
  };
}

import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES } from '@bangfu/contracts/core/operation';
import type { WorkItem } from '@bangfu/contracts/core/work';
import * as contract from '@bangfu/contracts/gateway/county';
import { query } from '../../../operations.ts';
import { askingFor } from '../../../services/asking.ts';

const byDeadline = (a: WorkItem, b: WorkItem): number => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);

/** What waits for the caller in all services, by deadline; services that did not answer are named. */
export const listMyWork = query(contract.listMyWork, async (call) => {
  const asking = askingFor(call);
  const asked = await Promise.all(
    SERVICES.map(async (service) => ({
      service,
      answer: await call.kit.services.ask(service, everyService(service).listWork, {}, asking),
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
});

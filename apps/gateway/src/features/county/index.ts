import * as operations from '@bangfu/contracts/gateway/county';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { askingFor } from '../../services/asking.ts';
import { findHousehold } from '../../services/households.ts';
import { dossier } from './dossier/dossier.query.ts';
import { countyHome } from './home/home.query.ts';
import { myWork } from './work/work.query.ts';

/** What is put together from all services. */
export function countyRoutes(gateway: Gateway): Router {
  const router = Router();
  route(router, gateway, operations.getCounty, async () => {
    const { countyCode: code } = gateway;
    const county = await gateway.prisma.region.findUnique({ where: { code }, select: { name: true } });
    return { code, name: county?.name ?? null };
  });
  route(router, gateway, operations.getCountyHome, (call) => countyHome(gateway, askingFor(call)));
  route(router, gateway, operations.getMyHousehold, async ({ caller }) => {
    const [id] = scopeIds(caller, 'household');
    const household = id ? await findHousehold(gateway, { id }, caller) : null;
    if (!household) throw notFound();
    return { householdNumber: household.number };
  });
  route(router, gateway, operations.listMyWork, (call) => myWork(gateway, askingFor(call)));
  route(router, gateway, operations.getDossier, (call) =>
    dossier(gateway, call.caller, call.params.householdNumber, askingFor(call)),
  );
  return router;
}

import * as operations from '@bangfu/contracts/gateway/county';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { askingFor } from '../../services/asking.ts';
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
  route(router, gateway, operations.listMyWork, (call) => myWork(gateway, askingFor(call)));
  route(router, gateway, operations.getDossier, (call) =>
    dossier(gateway, call.params.householdNumber, askingFor(call)),
  );
  return router;
}

import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { getDossier } from './dossier.query.ts';
import { getHome } from './home.query.ts';
import { listWork } from './work.query.ts';

/** What industry adds to the common places: county home, dossier, my work. */
export function overviewRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, service.ops.getHome, (call) => getHome(service, call));
  route(router, service, service.ops.getDossier, ({ caller, params, now }) =>
    getDossier(service, caller, params.householdNumber, now),
  );
  route(router, service, service.ops.listWork, ({ caller, now }) => listWork(service, caller, now));
  return router;
}

import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { getDossier } from './dossier.query.ts';
import { getHome } from './home.query.ts';
import { listWork } from './work.query.ts';

/** What identification adds to the common places: county home, dossier, my work. */
export function overviewRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, service.ops.getHome, ({ caller, now }) => getHome(service, caller, now));
  route(router, service, service.ops.getDossier, ({ caller, params, language }) =>
    getDossier(service, caller, params.householdNumber, language),
  );
  route(router, service, service.ops.listWork, ({ caller, now }) => listWork(service, caller, now));
  return router;
}

import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { getDossier } from './dossier.query.ts';
import { readHome } from './home.query.ts';
import { readWork } from './work.query.ts';

/** What training adds to the common places: county home, dossier, my work. */
export function overviewRoutes(service: Training): Router {
  const router = Router();
  route(router, service, service.ops.getHome, ({ caller, now }) => readHome(service, caller, now));
  route(router, service, service.ops.getDossier, ({ caller, params, now }) =>
    getDossier(service, caller, params.householdNumber, now),
  );
  route(router, service, service.ops.listWork, ({ caller, now }) => readWork(service, caller, now));
  return router;
}

import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { readDossier } from './dossier.query.ts';
import { readHome } from './home.query.ts';
import { readWork } from './work.query.ts';

/** What identification adds to the common places: county home, dossier, my work. */
export function overviewRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, service.ops.getHome, ({ caller, now }) => readHome(service, caller, now));
  route(router, service, service.ops.getDossier, ({ caller, params, language }) =>
    readDossier(service, caller, params.householdNumber, language),
  );
  route(router, service, service.ops.listWork, ({ caller, now }) => readWork(service, caller, now));
  return router;
}

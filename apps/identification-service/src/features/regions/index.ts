import { importRegions, listRegions } from '@bangfu/contracts/identification/regions';
import { goneSignal } from '@bangfu/platform/http/gone';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { importRegionTable } from './import-regions/import-regions.ts';
import { findRegions } from './list-regions/list-regions.query.ts';

/** The region tree: imported from its table, read by everyone within his scope. */
export function regionRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, importRegions, (call) =>
    importRegionTable(service, call, call.upload, call.query.name, goneSignal(call.response)),
  );
  route(router, service, listRegions, ({ caller }) => findRegions(service, caller));
  return router;
}

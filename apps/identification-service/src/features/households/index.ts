import {
  exportHouseholds,
  getHousehold,
  getStatistics,
  listHouseholds,
  revealSensitive,
} from '@bangfu/contracts/identification/households';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { sendExport } from './export-households/export-households.ts';
import { readHousehold } from './get-household/get-household.query.ts';
import { countRegister } from './get-statistics/get-statistics.query.ts';
import { findHouseholds } from './list-households/list-households.query.ts';
import { showSensitive } from './reveal-sensitive/reveal-sensitive.ts';

/** The register: list, one household, export, statistics. */
export function householdRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, listHouseholds, ({ caller, query }) => findHouseholds(service, caller, query));
  // Before the record's own path, which would take "export" for an id.
  route(router, service, exportHouseholds, async ({ caller, query, response, now }) => {
    await sendExport(service, caller, query, response, now);
    return undefined;
  });
  route(router, service, getHousehold, ({ caller, params, language }) =>
    readHousehold(service, caller, params.householdId, language),
  );
  route(router, service, revealSensitive, (call) =>
    showSensitive(service, call, call.params.personId, call.body.reason),
  );
  route(router, service, getStatistics, ({ caller, query }) => countRegister(service, caller, query.region));
  return router;
}

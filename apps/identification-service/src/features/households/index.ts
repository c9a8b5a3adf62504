import * as contract from '@bangfu/contracts/identification/households';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Identification } from '../../db/client.ts';
import { findHouseholdKey } from './find-household-key/find-household-key.query.ts';
import { exportHouseholds } from './export-households/export-households.ts';
import { getHousehold } from './get-household/get-household.query.ts';
import { getStatistics } from './get-statistics/get-statistics.query.ts';
import { listHouseholds } from './list-households/list-households.query.ts';
import { revealSensitive } from './reveal-sensitive/reveal-sensitive.ts';

/** The register: list, one household, export, statistics. */
export function householdRoutes(service: Identification): Router {
  const router = Router();
  route(router, service, contract.listHouseholds, ({ caller, query }) => listHouseholds(service, caller, query));
  // Before the record's own path, which would take "export" for an id.
  route(router, service, contract.exportHouseholds, async ({ caller, query, response, now }) => {
    await exportHouseholds(service, caller, query, response, now);
    return undefined;
  });
  route(router, service, contract.findHouseholdKey, ({ caller, query }) =>
    findHouseholdKey(service, caller.countyCode, query),
  );
  route(router, service, contract.getHousehold, ({ caller, params, language }) =>
    getHousehold(service, caller, params.householdId, language),
  );
  route(router, service, contract.revealSensitive, (call) =>
    revealSensitive(service, call, call.params.personId, call.body.reason),
  );
  route(router, service, contract.getStatistics, ({ caller, query }) => getStatistics(service, caller, query.region));
  return router;
}

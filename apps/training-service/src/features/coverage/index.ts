import * as contract from '@bangfu/contracts/training/coverage';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny, narrow } from '@bangfu/data/scope';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { readCoverage } from '../../db/read-coverage.ts';

/** One skill per household. */
export function coverageRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.getCoverage, async ({ caller, query, now }) => {
    const prefixes = narrow(regionPrefixes(caller), query.region && scopePrefix(query.region as RegionCode));
    const coverage = await readCoverage(pgSql(readsOf(service, caller)), likeAny(prefixes), businessDayOf(now));
    return { asOf: now.toISOString(), ...coverage };
  });
  return router;
}

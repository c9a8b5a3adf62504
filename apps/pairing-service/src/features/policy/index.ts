import * as contract from '@bangfu/contracts/pairing/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { policyOn } from './policy.repository.ts';
import { setPairingPolicy } from './set-pairing-policy/set-pairing-policy.ts';

/** Ranks, quotas, weights and the rhythm of visits as policy data. */
export function policyRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.getPairingPolicy, ({ caller, now }) =>
    policyOn(pgSql(readsOf(service, caller)), caller.countyCode, businessDayOf(now)),
  );
  route(router, service, contract.setPairingPolicy, (call) => setPairingPolicy(service, call, call.body));
  return router;
}

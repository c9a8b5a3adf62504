import * as contract from '@bangfu/contracts/pairing/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { changePairingPolicy } from './change-pairing-policy/change-pairing-policy.ts';
import { discardPairingPolicy } from './discard-pairing-policy/discard-pairing-policy.ts';
import { draftPairingPolicy } from './draft-pairing-policy/draft-pairing-policy.ts';
import { enforcePairingPolicy } from './enforce-pairing-policy/enforce-pairing-policy.ts';
import { listOpenPolicies } from './policy-steps.ts';
import { policyOn } from './policy.repository.ts';
import { withdrawPairingPolicy } from './withdraw-pairing-policy/withdraw-pairing-policy.ts';

/** Ranks, quotas, weights and the rhythm of visits as policy data: drafted by one person, put in force by another. */
export function policyRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.getPairingPolicy, ({ caller, now }) =>
    policyOn(pgSql(readsOf(service, caller)), caller.countyCode, businessDayOf(now)),
  );
  route(router, service, contract.listPairingPolicies, (call) => listOpenPolicies(service, call, call.query));
  route(router, service, contract.draftPairingPolicy, (call) => draftPairingPolicy(service, call, call.body));
  route(router, service, contract.changePairingPolicy, (call) =>
    changePairingPolicy(service, call, call.params.policyId, call.body),
  );
  route(router, service, contract.discardPairingPolicy, (call) =>
    discardPairingPolicy(service, call, call.params.policyId, call.body.version),
  );
  route(router, service, contract.enforcePairingPolicy, (call) =>
    enforcePairingPolicy(service, call, call.params.policyId, call.body.version),
  );
  route(router, service, contract.withdrawPairingPolicy, (call) =>
    withdrawPairingPolicy(service, call, call.params.policyId, call.body),
  );
  return router;
}

import {
  changeContract,
  draftContract,
  getContract,
  importContractHouseholds,
  listContractHouseholds,
  listContracts,
  putContractHousehold,
  removeContractHousehold,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { alterContract } from './change-contract/change-contract.ts';
import { addContract } from './draft-contract/draft-contract.ts';
import { bringHouseholds } from './import-households/import-households.ts';
import { findContracts, readContract } from './list-contracts/list-contracts.query.ts';
import { findContractHouseholds } from './list-households/list-households.query.ts';
import { enterHousehold } from './put-household/put-household.ts';
import { dropHousehold } from './remove-household/remove-household.ts';
import { putInForce } from './sign-contract/sign-contract.ts';

/** Share contracts: draft, list of households (one by one and by workbook), signing. */
export function contractRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, listContracts, (call) => findContracts(service, call, call.query));
  route(router, service, getContract, (call) =>
    readContract(pgSql(readsOf(service, call.caller)), call, call.params.contractId),
  );
  route(router, service, draftContract, (call) => addContract(service, call, call.body));
  route(router, service, changeContract, (call) => alterContract(service, call, call.params.contractId, call.body));
  route(router, service, signContract, (call) => putInForce(service, call, call.params.contractId, call.body));
  route(router, service, listContractHouseholds, (call) =>
    findContractHouseholds(service, call, call.params.contractId, call.query),
  );
  route(router, service, putContractHousehold, (call) =>
    enterHousehold(service, call, call.params.contractId, call.body),
  );
  route(router, service, removeContractHousehold, (call) =>
    dropHousehold(service, call, call.params.contractId, call.params.householdId),
  );
  route(router, service, importContractHouseholds, (call) =>
    bringHouseholds(service, call, call.params.contractId, call.query.name, call.upload),
  );
  return router;
}

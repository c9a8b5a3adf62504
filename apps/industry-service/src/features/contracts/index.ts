import * as contract from '@bangfu/contracts/industry/contracts';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { industryList } from '../../lists/read-list.ts';
import { changeContract } from './change-contract/change-contract.ts';
import { getOpenContract } from './contract-steps.ts';
import { discardContract } from './discard-contract/discard-contract.ts';
import { draftContract } from './draft-contract/draft-contract.ts';
import {
  importContractHouseholds,
  STAKE_COLUMNS,
  STAKE_LIST,
  takeContractHouseholds,
} from './import-households/import-households.ts';
import { listContracts } from './list-contracts/list-contracts.query.ts';
import { listContractHouseholds } from './list-households/list-households.query.ts';
import { putContractHousehold } from './put-household/put-household.ts';
import { removeContractHousehold } from './remove-household/remove-household.ts';
import { signContract } from './sign-contract/sign-contract.ts';

/** Share contracts: draft, list of households (one by one and by workbook), signing. */
export function contractRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listContracts, (call) => listContracts(service, call, call.query));
  route(router, service, contract.getContract, (call) =>
    getOpenContract(pgSql(readsOf(service, call.caller)), call, call.params.contractId),
  );
  route(router, service, contract.draftContract, (call) => draftContract(service, call, call.body));
  route(router, service, contract.changeContract, (call) =>
    changeContract(service, call, call.params.contractId, call.body),
  );
  route(router, service, contract.discardContract, (call) => discardContract(service, call, call.params.contractId));
  route(router, service, contract.signContract, (call) =>
    signContract(service, call, call.params.contractId, call.body),
  );
  route(router, service, contract.listContractHouseholds, (call) =>
    listContractHouseholds(service, call, call.params.contractId, call.query),
  );
  route(router, service, contract.putContractHousehold, (call) =>
    putContractHousehold(service, call, call.params.contractId, call.body),
  );
  route(router, service, contract.removeContractHousehold, (call) =>
    removeContractHousehold(service, call, call.params.contractId, call.params.householdId),
  );
  route(router, service, contract.importContractHouseholds, (call) =>
    importContractHouseholds(service, call, call.params.contractId, call.query.name, call.upload),
  );
  return router;
}

export const contractJobs = (service: Industry): Record<string, JobHandler> => ({
  [STAKE_LIST]: industryList(service, STAKE_COLUMNS, takeContractHouseholds),
});

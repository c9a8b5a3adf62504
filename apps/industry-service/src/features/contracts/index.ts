import { changeContract } from './change-contract/change-contract.ts';
import { discardContract } from './discard-contract/discard-contract.ts';
import { draftContract } from './draft-contract/draft-contract.ts';
import { getContract } from './get-contract/get-contract.ts';
import { importContractHouseholds } from './import-contract-households/import-contract-households.ts';
import { listContractHouseholds } from './list-contract-households/list-contract-households.ts';
import { listContracts } from './list-contracts/list-contracts.ts';
import { putContractHousehold } from './put-contract-household/put-contract-household.ts';
import { removeContractHousehold } from './remove-contract-household/remove-contract-household.ts';
import { signContract } from './sign-contract/sign-contract.ts';

/** Share contracts: draft, list of households (one by one and by workbook), signing. */
export default [
  listContracts,
  getContract,
  draftContract,
  changeContract,
  discardContract,
  signContract,
  listContractHouseholds,
  putContractHousehold,
  removeContractHousehold,
  importContractHouseholds,
];

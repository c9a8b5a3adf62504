import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/contracts';
import { orderOf } from '@bangfu/data/typed-order';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { memberFrom, memberTo } from '../../../db/contract-days.ts';
import { householdVisible } from '../../../db/scope.ts';
import { query } from '../../../operations.ts';
import { listedHouseholds, members } from '../listed-household.ts';
import { getShownContract } from '../shown-contract.ts';

type Asked = QueryOf<typeof contract.listContractHouseholds>;

const ORDER = orderOf<Asked>()(members, ({ text, person, number, day, name, id }) => ({
  columns: {
    householdNumber: text('m.household_number'),
    headName: person('m.head_name'),
    villageName: text('m.village_code'),
    stakeFen: number('m.stake_fen'),
    from: day(memberFrom),
    to: day(memberTo),
    bankName: name('m.bank_name'),
  },
  own: [text('m.household_number'), id('m.household_id')],
}));

/** One page of a contract's households by number: an entity sees all of its own, others those of their region. */
export const listContractHouseholds = query(contract.listContractHouseholds, async (call) => {
  const { read, caller, query: asked } = call;
  const { contractId } = call.params;
  await getShownContract(read, call, contractId);
  const pattern = searchPattern(asked.search);
  let found = listedHouseholds(read, contractId).where((eb) => householdVisible(eb, caller, eb.ref('m.village_code')));
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([beginsNumber(eb.ref('m.household_number'), pattern), beginsName(eb.ref('m.head_name'), pattern)]),
    );
  }
  return pageOfList(found, ORDER, asked, readsMasked(caller));
});

import type { ReadSql } from '@bangfu/data/typed-sql';
import { notFound } from '@bangfu/platform/http/refusal';
import { memberFrom, memberTo } from '../../db/contract-days.ts';
import type { Tables } from '../../operations.ts';

/** The households `m` of contracts `c` with their entities `e`. */
export const members = (read: ReadSql<Tables>) =>
  read
    .selectFrom('contract_household as m')
    .innerJoin('contract as c', 'c.id', 'm.contract_id')
    .innerJoin('entity as e', 'e.id', 'c.entity_id');

/** Those of one contract as its list shows them. */
export const listedHouseholds = (read: ReadSql<Tables>, contractId: string) =>
  members(read)
    .where('m.contract_id', '=', contractId)
    .select(['m.household_id as householdId', 'm.household_number as householdNumber', 'm.head_name as headName'])
    .select(['m.village_code as villageCode', 'm.village_name as villageName', 'm.stake_fen as stakeFen'])
    .select(['m.bank_name as bankName', 'm.account_tail as accountTail'])
    .select((eb) => [memberFrom(eb).as('from'), memberTo(eb).as('to')]);

/** One household on a contract's list. @throws Refusal 404 */
export async function getListedHousehold(read: ReadSql<Tables>, contractId: string, householdNumber: string) {
  const one = listedHouseholds(read, contractId).where('m.household_number', '=', householdNumber);
  const row = await one.executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

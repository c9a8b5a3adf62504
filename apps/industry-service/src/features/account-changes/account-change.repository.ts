import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demand } from '@bangfu/domain/shared/errors';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../../operations.ts';

/** Changes `a` of the accounts of households `m` of entities `e`, with what a decision needs; the newest first. */
export const accountChanges = (read: ReadSql<Tables>) =>
  read
    .selectFrom('account_change as a')
    .innerJoin('contract as c', 'c.id', 'a.contract_id')
    .innerJoin('entity as e', 'e.id', 'c.entity_id')
    .innerJoin('contract_household as m', (join) =>
      join.onRef('m.contract_id', '=', 'a.contract_id').onRef('m.household_id', '=', 'a.household_id'),
    )
    .orderBy('a.id', 'desc')
    .select(['a.id', 'a.contract_id as contractId', 'a.household_id as householdId'])
    .select(['m.household_number as householdNumber', 'm.head_name as headName', 'a.reason', 'a.state'])
    .select(['a.old_bank_name as bankName', 'a.old_account_tail as accountTail'])
    .select(['a.bank_name as newBankName', 'a.account_tail as newAccountTail'])
    .select(['a.requested_by_id as requestedById', 'a.requested_by as requestedBy', 'a.decided_by as decidedBy'])
    .select((eb) => ['c.entity_id as entityId', instantOf(eb.ref('a.requested_at')).as('requestedAt')]);

/** One change by its id, for every caller: the contract is held, and so scope is checked, before it is used. @throws Refusal 404 */
export async function getAccountChange(read: ReadSql<Tables>, id: string) {
  const change = await accountChanges(read).where('a.id', '=', id).executeTakeFirst();
  if (!change) throw notFound();
  return change;
}

/** Refuses an account that another household of the contract has. @throws DomainError LIST_ACCOUNT_TWICE */
export async function demandAccountFree(
  read: ReadSql<Tables>,
  contractId: string,
  householdId: string,
  accountIndex: Buffer,
): Promise<void> {
  const other = await read
    .selectFrom('contract_household as m')
    .where('m.contract_id', '=', contractId)
    .where('m.household_id', '<>', householdId)
    .where('m.account_index', '=', accountIndex)
    .select('m.household_number as number')
    .limit(1)
    .executeTakeFirst();
  demand(!other, 'LIST_ACCOUNT_TWICE', { household: other?.number ?? '' });
}

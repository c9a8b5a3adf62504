import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandEndDay } from '@bangfu/domain/industry/contract-end';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { notFound } from '@bangfu/platform/http/refusal';
import { memberDays } from '../../db/contract-days.ts';
import type { Tables } from '../../operations.ts';
import type { HeldContract } from '../contracts/contract.repository.ts';
import { standingNils } from '../nil-years/nil-year.repository.ts';

/**
 * Ends `x` of contracts `c` of entities `e`, and of the household `m` where one leaves, with what a decision looks at; the
 * newest first.
 */
export const contractEnds = (read: ReadSql<Tables>) =>
  read
    .selectFrom('contract_end as x')
    .innerJoin('contract as c', 'c.id', 'x.contract_id')
    .innerJoin('entity as e', 'e.id', 'c.entity_id')
    .leftJoin('contract_household as m', (join) =>
      join.onRef('m.contract_id', '=', 'x.contract_id').onRef('m.household_id', '=', 'x.household_id'),
    )
    .orderBy('x.id', 'desc')
    .select(['x.id', 'x.contract_id as contractId', 'x.household_id as householdId'])
    .select(['m.household_number as householdNumber', 'm.head_name as headName', 'x.reason', 'x.state'])
    .select(['x.requested_by as requestedBy', 'x.requested_by_id as requestedById', 'x.decided_by as decidedBy'])
    .select((eb) => [
      'c.entity_id as entityId',
      eb.ref('x.last_day').$castTo<BusinessDay>().as('day'),
      instantOf(eb.ref('x.requested_at')).as('requestedAt'),
    ]);

/** One end. @throws Refusal 404 */
export async function getContractEnd(read: ReadSql<Tables>, id: string) {
  const row = await contractEnds(read).where('x.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/**
 * Demands that a held contract, or a household on it, can end on a day.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, CONTRACT_END_DAY, CONTRACT_END_DECLARED
 */
export async function demandEnd(
  read: ReadSql<Tables>,
  contract: HeldContract,
  householdId: string | null,
  day: BusinessDay,
): Promise<void> {
  const days = householdId === null ? contract : await getMemberDays(read, contract.id, householdId);
  const declared = await read
    .selectFrom('declaration as d')
    .where('d.contract_id', '=', contract.id)
    .where('d.live', 'is', true)
    .where('d.status', '<>', 'discarded')
    .select('d.period_end as day')
    .unionAll(standingNils(read).where('n.contract_id', '=', contract.id).select('n.period_end as day'))
    .orderBy('day', 'desc')
    .limit(1)
    .$castTo<{ day: BusinessDay }>()
    .executeTakeFirst();
  demandEndDay(day, { signed: contract.state !== 'drafted', days, lastDeclared: declared?.day ?? null });
}

async function getMemberDays(read: ReadSql<Tables>, contractId: string, householdId: string) {
  const days = await memberDays(read)
    .where('m.contract_id', '=', contractId)
    .where('m.household_id', '=', householdId)
    .executeTakeFirst();
  if (!days) throw notFound();
  return days;
}

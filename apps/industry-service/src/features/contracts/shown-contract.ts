import { industryPolicy } from '../../db/policy.ts';
import type { ShareContract } from '@bangfu/contracts/industry/contracts';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Days } from '@bangfu/domain/industry/dividend-period';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Reader } from '@bangfu/platform/steps';
import { type ExpressionBuilder, sql } from 'kysely';
import { contractFrom, contractTo } from '../../db/contract-days.ts';
import { entityVisible } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { findingsOf } from './policy.ts';

/** How `contract c` stands on a day. */
export const stateOn = (eb: ExpressionBuilder<Tables & { c: Tables['contract'] }, 'c'>, today: BusinessDay) =>
  eb
    .case()
    .when('c.state', '=', 'drafted')
    .then(sql.lit('drafted' as const))
    .when('c.period_from', '>', today)
    .then(sql.lit('agreed' as const))
    .when(contractTo(eb), '<', today)
    .then(sql.lit('ended' as const))
    .else(sql.lit('in-force' as const))
    .end();

/** The contracts `c` of entities `e`. */
export const contracts = (read: ReadSql<Tables>) =>
  read.selectFrom('contract as c').innerJoin('entity as e', 'e.id', 'c.entity_id');

/** Those that a caller sees, as lists show them on a day. */
export const shownContracts = (read: ReadSql<Tables>, caller: Caller, today: BusinessDay) =>
  contracts(read)
    .where((eb) => entityVisible(eb, caller))
    .select(['c.id', 'c.number', 'c.entity_id as entityId', 'e.name as entityName', 'c.dividend_year as dividendYear'])
    .select(['c.guaranteed_bp as guaranteedBp', 'c.profit_share_bp as profitShareBp', 'c.signed_on as signedOn'])
    .select(['c.households', 'c.stake_fen as stakeFen', 'c.version'])
    .select((eb) => [stateOn(eb, today).as('state'), contractFrom(eb).as('from'), contractTo(eb).as('to')]);

/** One contract within the caller's scope. @throws Refusal 404 */
export async function getShownContract(
  read: ReadSql<Tables>,
  { caller, now, language }: Reader,
  contractId: string,
): Promise<ShareContract & Days> {
  const row = await shownContracts(read, caller, businessDayOf(now)).where('c.id', '=', contractId).executeTakeFirst();
  if (!row) throw notFound();
  return { ...row, findings: findingsOf(row, await industryPolicy(read, caller, now), { now, language }) };
}

import * as contract from '@bangfu/contracts/industry/declarations';
import { draftDeclaration, requireDeclarable } from '@bangfu/domain/industry/declaration';
import { countDays } from '@bangfu/domain/industry/dividend-period';
import { demand } from '@bangfu/domain/shared/errors';
import { notFound } from '@bangfu/platform/http/refusal';
import { contractFrom, contractTo } from '../../../db/contract-days.ts';
import { actsForEntity } from '../../../db/scope.ts';
import { command } from '../../../operations.ts';
import { findMemberDays } from '../../contracts/contract.repository.ts';
import { findDeclaredYears } from '../../nil-years/nil-year.repository.ts';
import { orderLines } from '../compute-lines/dividend-run.ts';
import { getDeclaration, shownTo } from '../declaration.repository.ts';

/**
 * The entity declares a year's dividend of one of its contracts; the lines are computed from the contract.
 * @throws Refusal 404; DomainError ENTITY_CLOSED, CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR, DECLARATION_TOO_EARLY, DECLARATION_KNOWN,
 * DECLARATION_NIL, DECLARATION_NOBODY, DIVIDEND_…, SUM_TOO_LARGE
 */
export const declareDividend = command(contract.declareDividend, async (call) => {
  const { body, tx, caller, now, language } = call;
  const { contractId, year, distributableFen } = body;
  const id = call.newId();
  const found = await tx.sql
    .selectFrom('contract as c')
    .innerJoin('entity as e', 'e.id', 'c.entity_id')
    .where('c.id', '=', contractId)
    .where((eb) => actsForEntity(eb, caller))
    .select(['c.county_code as countyCode', 'c.entity_id as entityId', 'e.name', 'c.state', 'e.state as entityState'])
    .select(['c.dividend_year as dividendYear', 'c.households as members'])
    .select((eb) => [contractFrom(eb).as('from'), contractTo(eb).as('to')])
    .forShare(['c', 'e'])
    .executeTakeFirst();
  if (!found) throw notFound();
  const terms = { ...found, signed: found.state !== 'drafted', entityClosed: found.entityState === 'closed' };
  const declared = await findDeclaredYears(tx.sql, contractId);
  const households = await findMemberDays(tx.sql, contractId);
  const period = requireDeclarable(terms, body, { ...declared, households }, now);
  const draft = draftDeclaration(found.entityId, period.to, now);
  const days = countDays(period);
  const { numInsertedOrUpdatedRows: inserted } = await tx.sql
    .insertInto('declaration')
    .values({
      id,
      county_code: found.countyCode,
      entity_id: found.entityId,
      contract_id: contractId,
      year,
      days,
      distributable_fen: distributableFen,
      period_from: period.from,
      period_end: draft.periodEnd,
      status: 'drafted',
    })
    .onConflict((known) => known.columns(['contract_id', 'period_from', 'live']).doNothing())
    .executeTakeFirstOrThrow();
  demand(inserted === 1n, 'DECLARATION_KNOWN', { year });
  const title = `计算分红 ${found.name} ${year} 年度`;
  await orderLines(call, { declarationId: id, title, members: found.members });
  call.audit.change('declaration', id, null, { ...body, from: period.from, to: period.to, days });
  return shownTo(tx.sql, { caller, now, language }, await getDeclaration(tx.sql, caller, id));
});

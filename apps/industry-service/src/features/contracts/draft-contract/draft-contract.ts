import * as contract from '@bangfu/contracts/industry/contracts';
import { demandPeriod } from '@bangfu/domain/industry/contract';
import { requireOpenEntity } from '@bangfu/domain/industry/entity';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { notFound } from '@bangfu/platform/http/refusal';
import { actsForEntity } from '../../../db/scope.ts';
import { command } from '../../../operations.ts';
import { getShownContract } from '../shown-contract.ts';

/** Drafts a share contract of an entity. @throws Refusal 404; DomainError ENTITY_CLOSED, CONTRACT_KNOWN, CONTRACT_PERIOD_INVALID, CONTRACT_TOO_… */
export const draftContract = command(contract.draftContract, async (call) => {
  const { body, tx, caller, audit } = call;
  const entity = await tx.sql
    .selectFrom('entity as e')
    .where('e.id', '=', body.entityId)
    .where((eb) => actsForEntity(eb, caller))
    .select(['e.state', 'e.county_code as county'])
    .forShare()
    .executeTakeFirst();
  if (!entity) throw notFound();
  requireOpenEntity({ entityClosed: entity.state === 'closed' });
  const { from, to } = body;
  demandPeriod({ from: from as BusinessDay, to: to as BusinessDay });
  const id = call.newId();
  const number = normaliseNumber(body.number);
  const { numInsertedOrUpdatedRows } = await tx.sql
    .insertInto('contract')
    .values({
      id,
      county_code: entity.county,
      entity_id: body.entityId,
      number,
      guaranteed_bp: body.guaranteedBp,
      profit_share_bp: body.profitShareBp,
      period_from: from,
      period_to: to,
      dividend_year: body.dividendYear,
      drafted_by_id: caller.id,
    })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst();
  demand(numInsertedOrUpdatedRows === 1n, 'CONTRACT_KNOWN', { number });
  audit.change('contract', id, null, body);
  return getShownContract(tx.sql, call, id);
});

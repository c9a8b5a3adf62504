import * as contract from '@bangfu/contracts/industry/claims';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandSettlement } from '@bangfu/domain/industry/claim';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { command, type Tables } from '../../../operations.ts';
import { getDeclaration, holdDeclaration } from '../../declarations/declaration.repository.ts';
import { getLine } from '../../payments/line.repository.ts';
import { findSetOffLine, getClaimRow, toClaim } from '../claim.repository.ts';
import { keepProposal } from '../keep-proposal.ts';

/**
 * Proposes that a claim was collected, or be set off against a line the same entity owes the household; another person
 * decides. @throws Refusal 404; DomainError SETTLEMENT_INCOMPLETE, CLAIM_SETTLED, SETTLEMENT_TOO_LARGE, DAY_TOO_EARLY,
 * DAY_TOO_LATE, SET_OFF_OTHER_HOUSEHOLD, SET_OFF_OTHER_ENTITY, DECLARATION_STATUS, LINE_NOT_PAYABLE, CORRECTION_OPEN
 */
export const proposeSettlement = command(contract.proposeSettlement, async (call) => {
  const { tx, caller } = call;
  const { claimId } = call.params;
  const { kind, amountFen, settledOn, reference, lineId, reason } = call.body;
  const today = businessDayOf(call.now);
  const { declarationId } = await getClaimRow(tx.sql, caller, claimId);
  await holdDeclaration(tx, caller, declarationId, 'acts');
  const claim = await getClaimRow(tx.sql, caller, claimId);
  const isSetOff = kind === 'set-off';
  demand(isSetOff ? lineId : settledOn && reference !== '', 'SETTLEMENT_INCOMPLETE');
  const against = isSetOff && lineId ? await setOffLine(tx.sql, caller, lineId) : undefined;
  demandSettlement(toClaim(claim), amountFen, against);
  const from = businessDayOf(new Date(claim.openedAt));
  if (!isSetOff && settledOn) demandDay(businessDay(settledOn), { from, until: today });
  return keepProposal(call, claim, {
    kind,
    amountFen,
    settledOn: isSetOff ? today : (settledOn ?? today),
    reference: isSetOff ? '' : reference,
    lineId: isSetOff ? (lineId ?? null) : null,
    reverses: null,
    reason,
  });
});

async function setOffLine(read: ReadSql<Tables>, caller: Caller, lineId: string) {
  const line = await getLine(read, caller, lineId);
  return findSetOffLine(read, line, await getDeclaration(read, caller, line.declarationId));
}

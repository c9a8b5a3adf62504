import * as contract from '@bangfu/contracts/industry/claims';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandDecides, demandSettlement } from '@bangfu/domain/industry/claim';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendConfirmed, dividendReturned } from '@bangfu/events/catalog/industry';
import { command, type Tables } from '../../../operations.ts';
import {
  type DeclarationRow,
  getDeclaration,
  holdDeclaration,
  lockDeclaration,
} from '../../declarations/declaration.repository.ts';
import { getLine, type LineRow } from '../../payments/line.repository.ts';
import { type Cause, findStandings, settleHouseholds } from '../../payments/standing.repository.ts';
import {
  type ClaimRow,
  findSetOffLine,
  getClaimRow,
  getSettlement,
  type SettlementRow,
  toClaim,
  toSettlement,
} from '../claim.repository.ts';

/**
 * Decides a proposed settlement or reversal; not by who proposed it. Approved, the claim shrinks by it or grows again;
 * what was set off counts as received on the other line, which pays so much less.
 * @throws Refusal 404; DomainError SETTLEMENT_DECIDED, SETTLEMENT_SAME_PERSON, SETTLEMENT_FINAL and what proposing refuses
 */
export const decideSettlement = command(contract.decideSettlement, async (call) => {
  const { tx, caller, now, kit, audit, emit } = call;
  const { settlementId } = call.params;
  const { approved } = call.body;
  const first = await getSettlement(tx.sql, settlementId);
  const { declarationId } = await getClaimRow(tx.sql, caller, first.claimId);
  const other = first.lineId ? await getLine(tx.sql, caller, first.lineId) : null;
  // Always in one order, or two settlements could wait for each other.
  for (const id of [declarationId, ...(other ? [other.declarationId] : [])].toSorted()) await lockDeclaration(tx, id);
  const declaration = await holdDeclaration(tx, caller, declarationId, 'acts');
  const settlement = await getSettlement(tx.sql, settlementId);
  const claim = await getClaimRow(tx.sql, caller, settlement.claimId);
  demandDecides(toSettlement(settlement), caller.id);
  const line = other ? await getLine(tx.sql, caller, other.id) : null;
  const against = line && { line, declaration: await getDeclaration(tx.sql, caller, line.declarationId) };
  if (approved) await demandHolds(tx.sql, settlement, claim, against);
  const before = await findStandings(tx.sql, declaration.id, [claim.householdId]);
  const beforeThere = against && (await findStandings(tx.sql, against.declaration.id, [against.line.householdId]));
  const { kind, amountFen, reason } = settlement;
  // What is not of a day that somebody said is of the day of the decision.
  const isOfToday = kind === 'set-off' || kind === 'reversal';
  await tx.sql
    .updateTable('claim_settlement')
    .set({ state: approved ? 'approved' : 'refused', decided_by: caller.name, decided_at: now })
    .set(isOfToday ? { settled_on: businessDayOf(now) } : {})
    .where('id', '=', settlementId)
    .execute();
  const reopened: string[] = [];
  if (approved) {
    const cause: Cause = { kind: 'corrected', reason, by: caller, now, newId: kit.newId, cipher: kit.cipher };
    for (const event of toEvents(settlement, against, now)) emit(event);
    const here = await settleHouseholds(tx, declaration, before, cause);
    if (here.reopened) reopened.push(declaration.id);
    for (const event of here.events) emit(event);
    if (against && beforeThere) {
      const there = await settleHouseholds(tx, against.declaration, beforeThere, cause);
      if (there.reopened) reopened.push(against.declaration.id);
      for (const event of there.events) emit(event);
    }
  }
  const decided = await getSettlement(tx.sql, settlementId);
  audit.change(
    'dividend-claim',
    settlement.claimId,
    { settlement: settlementId, state: settlement.state, outstandingFen: claim.outstandingFen },
    { settlement: settlementId, state: decided.state, kind, amountFen },
  );
  for (const id of reopened) {
    const change = { before: { status: 'closed' }, after: { status: 'in-payment', settlement: settlementId } };
    audit.besides('industry.declaration.reopened', 'declaration', id, change);
  }
  return { settlement: decided, claim: await getClaimRow(tx.sql, caller, settlement.claimId) };
});

/** The line that is set off against, with its declaration. */
interface Against {
  readonly line: LineRow;
  readonly declaration: DeclarationRow;
}

/** What a settlement rests on must still hold when it is approved. */
async function demandHolds(
  read: ReadSql<Tables>,
  settlement: SettlementRow,
  claim: ClaimRow,
  against: Against | null,
): Promise<void> {
  if (settlement.kind === 'reversal') {
    const undone = settlement.reverses ? await getSettlement(read, settlement.reverses) : null;
    demand(undone?.state === 'approved', 'SETTLEMENT_FINAL');
    return;
  }
  const setOff = against && (await findSetOffLine(read, against.line, against.declaration, settlement.id));
  demandSettlement(toClaim(claim, settlement.amountFen), settlement.amountFen, setOff ?? undefined);
}

/** What was set off reached the household by the line, until it is reversed. */
function toEvents(settlement: SettlementRow, against: Against | null, now: Date): NewEvent[] {
  if (!against) return [];
  const { line, declaration } = against;
  const fact = {
    lineId: line.id,
    householdId: line.householdId,
    householdNumber: line.householdNumber,
    year: declaration.year,
    amountFen: settlement.amountFen,
  };
  const { countyCode, entityId, entityName } = declaration;
  if (settlement.kind !== 'reversal') {
    const payment = { paymentId: settlement.id, entityId, entityName, confirmedOn: businessDayOf(now) };
    return [dividendConfirmed.of(countyCode, { ...fact, ...payment, by: 'set-off' })];
  }
  const paymentId = settlement.reverses ?? settlement.id;
  const { reason } = settlement;
  return [dividendReturned.of(countyCode, { ...fact, paymentId, reason, returnedOn: businessDayOf(now) })];
}

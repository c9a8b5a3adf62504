import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { decideSettlement as operation } from '@bangfu/contracts/industry/claims';
import { demandDecides, demandSettlement } from '@bangfu/domain/industry/claim';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendConfirmed, dividendReturned } from '@bangfu/events/catalog/industry';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { typedOver } from '../../../db/over-text.ts';
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
export function decideSettlement(
  service: Industry,
  actor: Actor,
  settlementId: string,
  approved: boolean,
): Promise<AnswerOf<typeof operation>> {
  const { caller, now } = actor;
  return runCommand(service.bulk, service.newId, operation, actor, { settlementId, approved }, async (client, sql) => {
    const tx = { sql: typedOver(sql), client };
    const first = await getSettlement(sql, settlementId);
    const { declarationId } = await getClaimRow(sql, caller, first.claimId);
    const other = first.lineId ? await getLine(tx.sql, caller, first.lineId) : null;
    // Always in one order, or two settlements could wait for each other.
    for (const id of [declarationId, ...(other ? [other.declarationId] : [])].toSorted()) await lockDeclaration(tx, id);
    const declaration = await holdDeclaration(tx, caller, declarationId, 'acts');
    const settlement = await getSettlement(sql, settlementId);
    const claim = await getClaimRow(sql, caller, settlement.claimId);
    demandDecides(toSettlement(settlement), caller.id);
    const line = other ? await getLine(tx.sql, caller, other.id) : null;
    const against = line && { line, declaration: await getDeclaration(tx.sql, caller, line.declarationId) };
    if (approved) await demandHolds(sql, settlement, claim, against);
    const before = await findStandings(tx.sql, declaration.id, [claim.householdId]);
    const beforeThere = against && (await findStandings(tx.sql, against.declaration.id, [against.line.householdId]));
    await sql.query(
      `UPDATE claim_settlement SET state = $2, decided_by = $3, decided_at = $4::text::timestamptz,
         settled_on = CASE WHEN kind IN ('set-off', 'reversal') THEN $5::text::date ELSE settled_on END WHERE id = $1::uuid`,
      [settlementId, approved ? 'approved' : 'refused', caller.name, now.toISOString(), businessDayOf(now)],
    );
    const events: NewEvent[] = [];
    const reopened: string[] = [];
    if (approved) {
      const { reason } = settlement;
      const cause: Cause = { kind: 'corrected', reason, by: caller, now, newId: service.newId, cipher: service.cipher };
      events.push(...toEvents(settlement, against, now));
      const here = await settleHouseholds(tx, declaration, before, cause);
      if (here.reopened) reopened.push(declaration.id);
      events.push(...here.events);
      if (against && beforeThere) {
        const there = await settleHouseholds(tx, against.declaration, beforeThere, cause);
        if (there.reopened) reopened.push(against.declaration.id);
        events.push(...there.events);
      }
    }
    const decided = await getSettlement(sql, settlementId);
    return {
      answer: { settlement: decided, claim: await getClaimRow(sql, caller, settlement.claimId) },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'dividend-claim',
          recordId: settlement.claimId,
          change: {
            before: { settlement: settlementId, state: settlement.state, outstandingFen: claim.outstandingFen },
            after: {
              settlement: settlementId,
              state: decided.state,
              kind: settlement.kind,
              amountFen: settlement.amountFen,
            },
          },
        },
        ...reopened.map((id) => ({
          action: 'industry.declaration.reopened',
          recordType: 'declaration',
          recordId: id,
          change: { before: { status: 'closed' }, after: { status: 'in-payment', settlement: settlementId } },
        })),
      ],
      events,
    };
  });
}

/** The line that is set off against, with its declaration. */
interface Against {
  readonly line: LineRow;
  readonly declaration: DeclarationRow;
}

/** What a settlement rests on must still hold when it is approved. */
async function demandHolds(
  sql: Sql,
  settlement: SettlementRow,
  claim: ClaimRow,
  against: Against | null,
): Promise<void> {
  if (settlement.kind === 'reversal') {
    const undone = settlement.reverses ? await getSettlement(sql, settlement.reverses) : null;
    demand(undone?.state === 'approved', 'SETTLEMENT_FINAL');
    return;
  }
  const setOff = against && (await findSetOffLine(sql, against.line, against.declaration, settlement.id));
  demandSettlement(toClaim(claim, settlement.amountFen), settlement.amountFen, setOff ?? undefined);
}

/** What was set off reached the household by the line, until it is reversed. */
function toEvents(settlement: SettlementRow, against: Against | null, now: Date): NewEvent[] {
  if (!against) return [];
  const { line, declaration } = against;
  const told = {
    lineId: line.id,
    householdId: line.householdId,
    householdNumber: line.householdNumber,
    year: declaration.year,
    amountFen: settlement.amountFen,
  };
  const { countyCode, entityId, entityName } = declaration;
  if (settlement.kind !== 'reversal') {
    const payment = { paymentId: settlement.id, entityId, entityName, confirmedOn: businessDayOf(now) };
    return [dividendConfirmed.of(countyCode, { ...told, ...payment, by: 'set-off' })];
  }
  const paymentId = settlement.reverses ?? settlement.id;
  const { reason } = settlement;
  return [dividendReturned.of(countyCode, { ...told, paymentId, reason, returnedOn: businessDayOf(now) })];
}

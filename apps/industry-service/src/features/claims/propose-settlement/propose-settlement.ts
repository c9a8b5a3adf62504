import type { BodyOf } from '@bangfu/contracts/core/operation';
import { proposeReversal as reversal, proposeSettlement as operation } from '@bangfu/contracts/industry/claims';
import { demandReversible, demandSettlement } from '@bangfu/domain/industry/claim';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { typedOver } from '../../../db/over-text.ts';
import { getDeclaration, holdDeclaration } from '../../declarations/declaration.repository.ts';
import { getLine } from '../../payments/line.repository.ts';
import {
  findSetOffLine,
  getClaimRow,
  getSettlement,
  type ShownSettlement,
  toClaim,
  toSettlement,
} from '../claim.repository.ts';

/** A settlement as it is stored. */
interface Proposal {
  readonly claimId: string;
  readonly kind: ShownSettlement['kind'];
  readonly amountFen: number;
  readonly settledOn: string;
  readonly reference: string;
  readonly lineId: string | null;
  readonly reverses: string | null;
  readonly reason: string;
}

/**
 * Proposes that a claim was collected, or be set off against a line the same entity owes the household; another person
 * decides. @throws Refusal 404; DomainError SETTLEMENT_INCOMPLETE, CLAIM_SETTLED, SETTLEMENT_TOO_LARGE, DAY_TOO_EARLY,
 * DAY_TOO_LATE, SET_OFF_OTHER_HOUSEHOLD, SET_OFF_OTHER_ENTITY, DECLARATION_STATUS, LINE_NOT_PAYABLE, CORRECTION_OPEN
 */
export function proposeSettlement(
  service: Industry,
  actor: Actor,
  claimId: string,
  body: BodyOf<typeof operation>,
): Promise<ShownSettlement> {
  const { kind, amountFen, settledOn, reference, lineId, reason } = body;
  const today = businessDayOf(actor.now);
  const id = service.newId(actor.now);
  return runCommand(service.bulk, service.newId, operation, actor, { claimId, ...body }, async (_tx, sql) => {
    const { declarationId } = await getClaimRow(sql, actor.caller, claimId);
    await holdDeclaration({ sql: typedOver(sql) }, actor.caller, declarationId, 'acts');
    const claim = await getClaimRow(sql, actor.caller, claimId);
    const isSetOff = kind === 'set-off';
    demand(isSetOff ? lineId : settledOn && reference !== '', 'SETTLEMENT_INCOMPLETE');
    const against = isSetOff && lineId ? await setOffLine(sql, actor, lineId) : undefined;
    demandSettlement(toClaim(claim), amountFen, against);
    const from = businessDayOf(new Date(claim.openedAt));
    if (!isSetOff && settledOn) demandDay(businessDay(settledOn), { from, until: today });
    const proposal: Proposal = {
      claimId,
      kind,
      amountFen,
      settledOn: isSetOff ? today : (settledOn ?? today),
      reference: isSetOff ? '' : reference,
      lineId: isSetOff ? (lineId ?? null) : null,
      reverses: null,
      reason,
    };
    return store(sql, operation, actor, id, proposal);
  });
}

async function setOffLine(sql: Sql, { caller }: Actor, lineId: string) {
  const line = await getLine(typedOver(sql), caller, lineId);
  return findSetOffLine(sql, line, await getDeclaration(typedOver(sql), caller, line.declarationId));
}

/**
 * Proposes that a settlement be reversed: what was collected went back to the household, or a set-off is undone.
 * @throws Refusal 404; DomainError SETTLEMENT_FINAL
 */
export function proposeReversal(
  service: Industry,
  actor: Actor,
  settlementId: string,
  reason: string,
): Promise<ShownSettlement> {
  const id = service.newId(actor.now);
  return runCommand(service.bulk, service.newId, reversal, actor, { settlementId, reason }, async (_tx, sql) => {
    const { claimId } = await getSettlement(sql, settlementId);
    const claim = await getClaimRow(sql, actor.caller, claimId);
    await holdDeclaration({ sql: typedOver(sql) }, actor.caller, claim.declarationId, 'acts');
    const settlement = await getSettlement(sql, settlementId);
    demandReversible(toSettlement(settlement));
    const { amountFen, reference, lineId } = settlement;
    const settledOn = businessDayOf(actor.now);
    const proposal: Proposal = {
      claimId,
      kind: 'reversal',
      amountFen,
      settledOn,
      reference,
      lineId,
      reverses: settlementId,
      reason,
    };
    return store(sql, reversal, actor, id, proposal);
  });
}

async function store(
  sql: Sql,
  { audit }: { readonly audit?: string },
  { caller, now }: Actor,
  id: string,
  proposal: Proposal,
) {
  const { claimId, kind, amountFen, settledOn, reference, lineId, reverses, reason } = proposal;
  await sql.query(
    `INSERT INTO claim_settlement (id, claim_id, county_code, kind, amount_fen, settled_on, reference, line_id, reverses,
       reason, made_by_id, made_by, made_at)
     SELECT $1::uuid, c.id, c.county_code, $3, $4::bigint, $5::text::date, $6, $7::text::uuid, $8::text::uuid, $9, $10,
       $11, $12::text::timestamptz FROM dividend_claim c WHERE c.id = $2::uuid`,
    [
      id,
      claimId,
      kind,
      amountFen,
      settledOn,
      reference,
      lineId,
      reverses,
      reason,
      caller.id,
      caller.name,
      now.toISOString(),
    ],
  );
  return {
    answer: await getSettlement(sql, id),
    audit: [
      {
        action: audit ?? '',
        recordType: 'dividend-claim',
        recordId: claimId,
        change: { after: { settlement: id, kind, amountFen, settledOn, reference, lineId, reverses, reason } },
      },
    ],
  };
}

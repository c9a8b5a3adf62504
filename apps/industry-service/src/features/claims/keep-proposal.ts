import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../operations.ts';
import { type ClaimRow, getSettlement, type SettlementRow } from './claim.repository.ts';

/** What a settlement is proposed with. */
type Proposal = Pick<
  SettlementRow,
  'kind' | 'amountFen' | 'settledOn' | 'reference' | 'lineId' | 'reverses' | 'reason'
>;
type Call = Pick<CommandCall<never, Tables>, 'tx' | 'caller' | 'now' | 'newId' | 'audit'>;

/** Keeps a settlement of a claim for another person's decision. */
export async function keepProposal(
  { tx, caller, now, newId, audit }: Call,
  claim: Pick<ClaimRow, 'id' | 'countyCode'>,
  proposal: Proposal,
): Promise<SettlementRow> {
  const { kind, amountFen, settledOn, reference, lineId, reverses, reason } = proposal;
  const id = newId();
  const made = { made_by_id: caller.id, made_by: caller.name, made_at: now };
  await tx.sql
    .insertInto('claim_settlement')
    .values({
      id,
      claim_id: claim.id,
      county_code: claim.countyCode,
      kind,
      amount_fen: amountFen,
      settled_on: settledOn,
      reference,
      line_id: lineId,
      reverses,
      reason,
      ...made,
    })
    .execute();
  const after = { settlement: id, kind, amountFen, settledOn, reference, lineId, reverses, reason };
  audit.change('dividend-claim', claim.id, null, after);
  return getSettlement(tx.sql, id);
}

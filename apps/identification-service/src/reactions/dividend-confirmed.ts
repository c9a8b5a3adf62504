import type { EvidenceKind, IncomeItem } from '@bangfu/domain/identification/income/income';
import { dividendConfirmed } from '@bangfu/events/catalog/industry';
import { reaction } from '../operations.ts';

const ITEM: IncomeItem = 'property';
/** What a bank's receipt proved is paid; what was set off against a claim is known by the offices' word. */
const EVIDENCE = { bank: 'paid', 'set-off': 'declared' } as const satisfies Readonly<
  Record<'bank' | 'set-off', EvidenceKind>
>;

/**
 * A dividend that reached its household is evidence of the household's property income of that year (domain §2, §8).
 * Events from before do not say how it was paid: that was by the bank alone. It is kept even while the household is
 * unknown here: the register may still be on its way.
 */
export const onDividendConfirmed = reaction(dividendConfirmed, async ({ tx, events }) => {
  await tx.sql
    .insertInto('income_evidence')
    .values(
      events.map(({ countycode, data }) => ({
        source_service: 'industry',
        source_id: data.paymentId ?? data.lineId,
        county_code: countycode,
        household_id: data.householdId,
        year: data.year,
        item: ITEM,
        evidence: EVIDENCE[data.by ?? 'bank'],
        amount_fen: data.amountFen,
        payer: data.entityName,
        evidenced_on: data.confirmedOn,
      })),
    )
    .onConflict((there) => there.columns(['source_service', 'source_id']).doNothing())
    .execute();
});

import type { EvidenceKind, IncomeItem } from '@bangfu/domain/identification/income/income';
import { dividendConfirmed } from '@bangfu/events/catalog/industry';
import { reaction } from '@bangfu/events/inbox/apply';

const ITEM: IncomeItem = 'property';
/** What a bank's receipt proved is paid; what was set off against a claim is known by the offices' word. */
const EVIDENCE: Readonly<Record<'bank' | 'set-off', EvidenceKind>> = { bank: 'paid', 'set-off': 'declared' };

/**
 * A dividend that reached its household is evidence of the household's property income of that year (domain §2, §8).
 * Events from before do not say how it was paid: that was by the bank alone. It is kept even while the household is
 * unknown here: the register may still be on its way.
 */
export const onDividendConfirmed = reaction(dividendConfirmed, async (sql, events) => {
  const data = events.map((event) => event.data);
  await sql.query(
    `INSERT INTO income_evidence (source_service, source_id, county_code, household_id, year, item, evidence, amount_fen,
       payer, evidenced_on)
     SELECT 'industry', n.source, n.county, n.household, n.year, $8, n.evidence, n.amount, n.payer, n.on_day
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::date[], $9::text[])
       AS n (source, county, household, year, amount, payer, on_day, evidence)
     ON CONFLICT (source_service, source_id) DO NOTHING`,
    [
      data.map(({ lineId, paymentId }) => paymentId ?? lineId),
      events.map(({ countycode }) => countycode),
      data.map(({ householdId }) => householdId),
      data.map(({ year }) => year),
      data.map(({ amountFen }) => amountFen),
      data.map(({ entityName }) => entityName),
      data.map(({ confirmedOn }) => confirmedOn),
      ITEM,
      data.map(({ by }) => EVIDENCE[by ?? 'bank']),
    ],
  );
});

import { dividendCorrected, dividendReturned } from '@bangfu/events/catalog/industry';
import { reaction } from '@bangfu/events/inbox/apply';
import type { Sql } from '@bangfu/data/sql';

/** What a payment counts for from a day on. */
interface Counted {
  readonly event: string;
  readonly source: string;
  readonly householdId: string;
  readonly amountFen: number;
  readonly on: string;
}

/**
 * Evidence is never changed: a row of its own takes off what no longer counts, or gives it again, so that the rows of a
 * payment add up to the amount it counts for. Hearing it again changes nothing. It comes after the confirmation, because
 * the events of a household keep their order.
 */
async function count(sql: Sql, counted: readonly Counted[]): Promise<void> {
  await sql.query(
    `INSERT INTO income_evidence (source_service, source_id, county_code, household_id, year, item, evidence, amount_fen,
       payer, evidenced_on)
     SELECT e.source_service, e.source_id || ':' || n.event, e.county_code, e.household_id, e.year, e.item, e.evidence,
       n.amount - t.so_far, e.payer, n.on_day
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::bigint[], $5::date[]) AS n (event, source, household, amount, on_day)
     JOIN income_evidence e ON e.source_service = 'industry' AND e.source_id = n.source AND e.household_id = n.household,
     LATERAL (SELECT sum(s.amount_fen)::bigint AS so_far FROM income_evidence s WHERE s.household_id = n.household
       AND s.source_service = 'industry' AND split_part(s.source_id, ':', 1) = n.source) t
     WHERE n.amount <> t.so_far
     ON CONFLICT (source_service, source_id) DO NOTHING`,
    [
      counted.map(({ event }) => event),
      counted.map(({ source }) => source),
      counted.map(({ householdId }) => householdId),
      counted.map(({ amountFen }) => amountFen),
      counted.map(({ on }) => on),
    ],
  );
}

/** A correction changed what of a payment is income of its household. */
export const onDividendCorrected = reaction(dividendCorrected, (sql, events) =>
  count(
    sql,
    events.map(({ id, data }) => ({
      event: id,
      source: data.paymentId ?? data.lineId,
      householdId: data.householdId,
      amountFen: data.amountFen,
      on: data.correctedOn,
    })),
  ),
);

/** The bank returned a payment: nothing of it is income. The row of the payment stays, with one beside it. */
export const onDividendReturned = reaction(dividendReturned, (sql, events) =>
  count(
    sql,
    events.map(({ id, data }) => ({
      event: id,
      source: data.paymentId,
      householdId: data.householdId,
      amountFen: 0,
      on: data.returnedOn,
    })),
  ),
);

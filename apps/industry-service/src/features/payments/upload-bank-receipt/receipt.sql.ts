import { listOf, statement, text, uuid } from '@bangfu/data/statement';

/** Says of lines ($1) that they were paid by references ($2) on days ($3) in a batch ($4). */
export const paidLinesSql = statement(
  `UPDATE dividend_line l SET state = 'paid', batch_id = $4::uuid, bank_reference = g.reference,
     paid_on = g.day::date, rejection = NULL
   FROM unnest($1::text[], $2::text[], $3::text[]) AS g (line, reference, day) WHERE l.id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text()), listOf(text()), uuid] },
);

/** Keeps payments ($1) of lines ($2) by references ($3) under their keys ($4) on days ($5) in a batch ($6). */
export const paymentsSql = statement(
  `INSERT INTO dividend_payment (id, line_id, county_code, batch_id, household_id, amount_fen, reference, reference_key,
     paid_on)
   SELECT g.id::uuid, l.id, l.county_code, $6::uuid, l.household_id, l.payable_fen, g.reference, g.key, g.day::date
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS g (id, line, reference, key, day)
     JOIN dividend_line l ON l.id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text()), listOf(text()), listOf(text()), listOf(text()), uuid] },
);

/** Says of lines ($1) as they were sent in a batch ($3) why the bank did not pay them ($2). */
export const rejectedSentSql = statement(
  `UPDATE payment_batch_line b SET rejection = g.reason FROM unnest($1::text[], $2::text[]) AS g (line, reason)
   WHERE b.batch_id = $3::uuid AND b.line_id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text()), uuid] },
);

/** Says of lines ($1) that they are to be paid in another batch, as the bank did not pay them ($2). */
export const rejectedLinesSql = statement(
  `UPDATE dividend_line l SET state = 'open', rejection = g.reason, batch_id = NULL
   FROM unnest($1::text[], $2::text[]) AS g (line, reason) WHERE l.id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text())] },
);

/** Keeps returns of payments ($1) with their reasons ($2) and days ($3), and who brought them ($4). */
export const returnsSql = statement(
  `INSERT INTO dividend_return (payment_id, line_id, county_code, household_id, amount_fen, reason, returned_on, brought_by)
   SELECT p.id, p.line_id, p.county_code, p.household_id, p.amount_fen, g.reason, g.day::date, $4
   FROM unnest($1::text[], $2::text[], $3::text[]) AS g (payment, reason, day) JOIN dividend_payment p
     ON p.id = g.payment::uuid`,
  { takes: [listOf(text()), listOf(text()), listOf(text()), text()] },
);

/** Says of lines ($1) that their payment was returned ($2): one that counts is to be paid again, no word holds of it. */
export const returnedLinesSql = statement(
  `UPDATE dividend_line l SET state = CASE WHEN l.counts THEN 'open' ELSE 'void' END, rejection = g.reason,
     bank_reference = NULL, paid_on = NULL, confirmed_fen = NULL, confirmed_at = NULL, batch_id = NULL
   FROM unnest($1::text[], $2::text[]) AS g (line, reason) WHERE l.id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text())] },
);

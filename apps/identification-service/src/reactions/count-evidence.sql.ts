import { bigint, day, listOf, statement, text, uuid } from '@bangfu/data/statement';

/** Lets payments count for other amounts from a day on, by rows of their own; $1 are the ids of the events. */
export const COUNT_EVIDENCE = statement(
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
  { takes: [listOf(text()), listOf(text()), listOf(uuid), listOf(bigint), listOf(day)] },
);

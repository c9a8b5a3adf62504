import { day, instant, listOf, orNull, statement, text, uuid } from '@bangfu/data/statement';

/** Enters households into the register as their cases found them, by set: as many as a batch has. */
export const REGISTER_ANNOUNCED = statement(
  `UPDATE household h SET status = $1, category = coalesce(c.category, h.category),
     main_cause = coalesce(c.main_cause, h.main_cause), version = h.version + 1, import_id = NULL,
     changed_at = $2::timestamptz, valid_from = greatest(h.valid_from, $6::date)
   FROM unnest($3::uuid[], $4::text[], $5::text[]) AS c(id, category, main_cause) WHERE h.id = c.id`,
  { takes: [text(), instant, listOf(uuid), listOf(orNull(text())), listOf(orNull(text())), day] },
);

import { instant, json, listOf, day, orNull, statement, text, uuid } from '@bangfu/data/statement';

/** Writes cases that a command has changed, by set: as many as a batch has. */
export const UPDATE_CASES = statement(
  `UPDATE case_file c SET status = n.status, step = n.step, state = n.state, notice_id = n.notice,
     notice_closable_from = n.closable, due = n.due, version = c.version + 1, changed_at = $1::timestamptz,
     open_household_id = CASE WHEN n.status = 'open' THEN c.household_id END
   FROM unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::uuid[], $7::timestamptz[], $8::date[])
     AS n (id, status, step, state, notice, closable, due) WHERE c.id = n.id`,
  {
    takes: [
      instant,
      listOf(uuid),
      listOf(text()),
      listOf(orNull(text())),
      listOf(json<string>()),
      listOf(orNull(uuid)),
      listOf(orNull(instant)),
      listOf(orNull(day)),
    ],
  },
);

import { day, listOf, statement, text, uuid } from '@bangfu/data/statement';

/** Keeps households as their events say: all of them as one text, which is read once. */
export const KEEP_RECORDED = statement(
  `INSERT INTO platform.household_copy (id, county_code, number, village_code, village_name, township_name, head_name,
     status, category, main_cause, per_capita_income_fen, member_count, members, monitored, exited_on, withdrawn, heard_at)
   SELECT d."householdId", d."countyCode", d.number, d."villageCode", d."villageName", d."townshipName",
     coalesce((SELECT m->>'name' FROM jsonb_array_elements(d.members) m WHERE m->>'relation' = 'head' LIMIT 1), ''),
     d.status, d.category, d."mainCause", d."perCapitaIncomeFen", jsonb_array_length(d.members), d.members,
     coalesce(d.monitored, false), d."exitedOn", false, d."heardAt"
   FROM jsonb_to_recordset($1::text::jsonb) AS d ("householdId" uuid,
     "countyCode" text, number text, "villageCode" text, "villageName" text, "townshipName" text, status text,
     category text, "mainCause" text, "perCapitaIncomeFen" bigint, members jsonb, monitored boolean, "exitedOn" date,
     "heardAt" timestamptz)
   ON CONFLICT (id) DO UPDATE SET number = excluded.number, village_code = excluded.village_code,
     village_name = excluded.village_name, township_name = excluded.township_name, head_name = excluded.head_name,
     status = excluded.status, category = excluded.category, main_cause = excluded.main_cause,
     per_capita_income_fen = excluded.per_capita_income_fen, member_count = excluded.member_count,
     members = excluded.members, monitored = excluded.monitored,
     exited_on = CASE WHEN excluded.status = 'exited' THEN coalesce(excluded.exited_on, household_copy.exited_on) END,
     withdrawn = false, heard_at = excluded.heard_at, recorded_at = now()`,
  { takes: [text()] },
);

/** Notes the days on which households came on the register. */
export const KEEP_REGISTERED = statement(
  `UPDATE platform.household_copy h SET registered_on = e.day, recorded_at = now()
   FROM unnest($1::uuid[], $2::date[]) AS e (id, day) WHERE h.id = e.id`,
  { takes: [listOf(uuid), listOf(day)] },
);

/** Withdraws households, whose rows stay. */
export const WITHDRAW = statement(
  'UPDATE platform.household_copy SET withdrawn = true, recorded_at = now() WHERE id = ANY ($1::uuid[])',
  { takes: [listOf(uuid)] },
);

import { json, listOf, orNull, statement, text, uuid } from '@bangfu/data/statement';

/** Puts households on a contract's list ($1), many at once; name and village come from the register. */
export const putListedSql = statement(
  `INSERT INTO contract_household (contract_id, household_id, county_code, household_number, head_name, village_code,
     village_name, stake_fen, joins_on, leaves_on, bank_name, account_sealed, account_index, account_tail)
   SELECT c.id, h.id, c.county_code, h.number, h.head_name, h.village_code, h.village_name, g.stake::bigint,
     g.joins::date, g.leaves::date, g.bank, decode(g.sealed, 'hex'), decode(g.blind, 'hex'), g.tail
   FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
     AS g (number, stake, bank, sealed, blind, tail, joins, leaves)
   JOIN contract c ON c.id = $1::uuid
   JOIN platform.household_copy h ON h.county_code = c.county_code AND h.number = g.number AND NOT h.withdrawn
   ON CONFLICT (contract_id, household_id) DO UPDATE SET head_name = excluded.head_name,
     village_code = excluded.village_code, village_name = excluded.village_name, stake_fen = excluded.stake_fen,
     joins_on = excluded.joins_on, leaves_on = excluded.leaves_on,
     bank_name = excluded.bank_name, account_sealed = excluded.account_sealed, account_index = excluded.account_index,
     account_tail = excluded.account_tail, recorded_at = now()`,
  {
    takes: [
      uuid,
      listOf(text()),
      listOf(text()),
      listOf(text()),
      listOf(orNull(text())),
      listOf(text()),
      listOf(text()),
      listOf(orNull(text())),
      listOf(orNull(text())),
    ],
  },
);

/** Says of households of a contract ($1), by their numbers ($2), that they are listed: rows of events. */
export const listedSql = statement(
  `SELECT m.household_id AS key, m.county_code, jsonb_build_object('contractId', m.contract_id,
     'householdId', m.household_id, 'householdNumber', m.household_number, 'entityId', e.id, 'entityName', e.name) AS data
   FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
   WHERE m.contract_id = $1::uuid AND m.household_number = ANY ($2::text[])`,
  { takes: [uuid, listOf(text())], gives: { key: uuid, county_code: text(), data: json<object>() } },
);

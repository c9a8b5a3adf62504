import { json, statement, text, uuid } from '@bangfu/data/statement';

/** Says of each household of a contract ($1) that it is listed no more: rows of events. */
export const unlistedSql = statement(
  `SELECT m.household_id AS key, m.county_code, jsonb_build_object('contractId', m.contract_id,
     'householdId', m.household_id) AS data FROM contract_household m WHERE m.contract_id = $1::uuid`,
  { takes: [uuid], gives: { key: uuid, county_code: text(), data: json<object>() } },
);

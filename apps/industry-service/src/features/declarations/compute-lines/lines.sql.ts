import { int, listOf, statement, text, uuid } from '@bangfu/data/statement';

/**
 * Puts lines of households ($4) of a contract ($2) under a declaration ($1), numbered on from $3: with their base ($5),
 * their second part ($6) and what is guaranteed ($7), their ids ($8) and the accounts sealed for them ($9).
 */
export const putLinesSql = statement(
  `INSERT INTO dividend_line (id, declaration_id, county_code, line_number, household_id, household_number, head_name,
     village_code, village_name, base_fen, second_fen, amount_fen, guaranteed_fen, payable_fen, state, bank_name,
     account_sealed, account_tail)
   SELECT l.id::uuid, $1::uuid, m.county_code, $3::int + l.n, m.household_id, m.household_number, m.head_name,
     m.village_code, m.village_name, l.base::bigint, l.second::bigint, l.base::bigint + l.second::bigint,
     l.guaranteed::bigint, l.base::bigint + l.second::bigint,
     CASE WHEN l.base::bigint + l.second::bigint = 0 THEN 'void' ELSE 'open' END, m.bank_name,
     decode(l.account, 'hex'), m.account_tail
   FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) WITH ORDINALITY
     AS l (household, base, second, guaranteed, id, account, n)
   JOIN contract_household m ON m.contract_id = $2::uuid AND m.household_id = l.household::uuid`,
  {
    takes: [
      uuid,
      uuid,
      int,
      listOf(text()),
      listOf(text()),
      listOf(text()),
      listOf(text()),
      listOf(text()),
      listOf(text()),
    ],
  },
);

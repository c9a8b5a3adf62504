import { listOf, statement, text } from '@bangfu/data/statement';

/** Gives lines ($1) their bank ($2) and their account, sealed as hexadecimal text ($3), with its last digits ($4). */
export const putAccountsSql = statement(
  `UPDATE dividend_line l SET bank_name = g.bank, account_sealed = decode(g.sealed, 'hex'), account_tail = g.tail
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g (line, bank, sealed, tail)
   WHERE l.id = g.line::uuid`,
  { takes: [listOf(text()), listOf(text()), listOf(text()), listOf(text())] },
);

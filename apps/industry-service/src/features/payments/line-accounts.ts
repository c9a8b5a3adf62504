import type { Sql } from '@bangfu/data/sql';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { LINE_ACCOUNT, LISTED_ACCOUNT } from '../../db/sealed.ts';

/** What an account on a contract's list is sealed for. */
interface Listed {
  readonly contract: string;
  readonly household: string;
  readonly sealed: Buffer;
}

/** A listed account as the line of its household holds it: sealed for that line alone. As hexadecimal text. */
export const sealForLine = (cipher: Cipher, { contract, household, sealed }: Listed, line: string): string =>
  cipher.seal(LINE_ACCOUNT, line, cipher.open(LISTED_ACCOUNT, recordOf(contract, household), sealed)).toString('hex');

const AT_ONCE = 5000;

/** Gives lines the bank and the account their household has on the contract's list by now. */
export async function takeListedAccounts(sql: Sql, cipher: Cipher, lines: readonly string[]): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const rows = await sql.query<Listed & { line: string; bank: string; tail: string }>(
      `SELECT l.id::text AS line, m.contract_id::text AS contract, m.household_id::text AS household,
         m.account_sealed AS sealed, m.bank_name AS bank, m.account_tail AS tail
       FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id
         JOIN contract_household m ON m.contract_id = d.contract_id AND m.household_id = l.household_id
       WHERE l.id = ANY ($1::text[]::uuid[])`,
      [lines.slice(at, at + AT_ONCE)],
    );
    await sql.query(
      `UPDATE dividend_line l SET bank_name = g.bank, account_sealed = decode(g.sealed, 'hex'), account_tail = g.tail
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g (line, bank, sealed, tail)
       WHERE l.id = g.line::uuid`,
      [
        rows.map(({ line }) => line),
        rows.map(({ bank }) => bank),
        rows.map((row) => sealForLine(cipher, row, row.line)),
        rows.map(({ tail }) => tail),
      ],
    );
  }
}

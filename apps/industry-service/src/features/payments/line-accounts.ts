import { isAnyOf } from '@bangfu/data/any-of';
import type { Transaction } from '@bangfu/data/typed-sql';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { LINE_ACCOUNT, LISTED_ACCOUNT } from '../../db/sealed.ts';
import type { Tables } from '../../operations.ts';
import { putAccountsSql } from './line-accounts.sql.ts';

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
export async function takeListedAccounts(
  { sql, client }: Transaction<Tables>,
  cipher: Cipher,
  lines: readonly string[],
): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const rows = await sql
      .selectFrom('dividend_line as l')
      .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
      .innerJoin('contract_household as m', (join) =>
        join.onRef('m.contract_id', '=', 'd.contract_id').onRef('m.household_id', '=', 'l.household_id'),
      )
      .where((eb) => isAnyOf(eb.ref('l.id'), lines.slice(at, at + AT_ONCE), 'uuid'))
      .select(['l.id as line', 'm.contract_id as contract', 'm.household_id as household'])
      .select(['m.account_sealed as sealed', 'm.bank_name as bank', 'm.account_tail as tail'])
      .execute();
    await putAccountsSql.run(
      client,
      rows.map(({ line }) => line),
      rows.map(({ bank }) => bank),
      rows.map((row) => sealForLine(cipher, row, row.line)),
      rows.map(({ tail }) => tail),
    );
  }
}

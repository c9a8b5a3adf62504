import { computeDividend, demandDeclarable } from '@bangfu/domain/industry/dividend';
import { countDays, findPeriod, heldDays } from '@bangfu/domain/industry/dividend-period';
import { demand } from '@bangfu/domain/shared/errors';
import type { Fen } from '@bangfu/domain/shared/money';
import { isAnyOf } from '@bangfu/data/any-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { ServiceKit } from '@bangfu/platform/service';
import { contractFrom, contractTo, memberFrom, memberTo } from '../../../db/contract-days.ts';
import type { Tables } from '../../../operations.ts';
import { sealForLine } from '../../payments/line-accounts.ts';
import { putLinesSql } from './lines.sql.ts';

/** Beyond this many lines a declaration is computed by a job. */
export const MOST_AT_ONCE = 2000;
const CHUNK = 5000;

/**
 * Computes a declaration's lines from its contract and puts them in the place of those it had, in the caller's
 * transaction: all or none. The rule is the domain's; the rows are written by sets.
 * @throws DomainError DECLARATION_YEAR, DECLARATION_NOBODY, DIVIDEND_…, SUM_TOO_LARGE
 */
export async function computeLines(
  { sql, client }: Transaction<Tables>,
  { cipher, newId }: Pick<ServiceKit, 'cipher' | 'newId'>,
  now: Date,
  declarationId: string,
  advance: (done: number) => Promise<void>,
): Promise<number> {
  const terms = await sql
    .selectFrom('declaration as d')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .where('d.id', '=', declarationId)
    .select(['c.id as contractId', 'c.guaranteed_bp as guaranteedBp', 'c.profit_share_bp as profitShareBp'])
    .select(['c.dividend_year as dividendYear', 'd.year', 'd.period_from as periodFrom'])
    .select((eb) => [
      contractFrom(eb).as('from'),
      contractTo(eb).as('to'),
      eb.ref('d.distributable_fen').$castTo<Fen>().as('distributableFen'),
    ])
    .executeTakeFirst();
  if (!terms) throw new Error('a declaration vanished while it was computed');
  const period = findPeriod(terms, terms.year, terms.periodFrom);
  demand(period, 'DECLARATION_YEAR', { year: terms.year });
  const members = await sql
    .selectFrom('contract_household as m')
    .innerJoin('contract as c', 'c.id', 'm.contract_id')
    .where('m.contract_id', '=', terms.contractId)
    .select(['m.household_id as householdId', 'm.household_number as householdNumber'])
    .select((eb) => [
      eb.ref('m.stake_fen').$castTo<Fen>().as('stakeFen'),
      memberFrom(eb).as('from'),
      memberTo(eb).as('to'),
    ])
    .execute();
  // A household that left before the period or joins after it has no part in it, and no line.
  const present = members.flatMap(({ from, to, stakeFen, ...household }) => {
    const held = heldDays({ from, to }, period);
    return held > 0 ? [{ ...household, stakeFen, heldDays: held }] : [];
  });
  const sheet = computeDividend(
    { kind: 'share', guaranteedBp: terms.guaranteedBp, profitShareBp: terms.profitShareBp },
    present,
    { days: period.yearDays, distributableFen: terms.distributableFen },
  );
  demandDeclarable(sheet);
  await sql.deleteFrom('dividend_line').where('declaration_id', '=', declarationId).execute();
  for (let at = 0; at < sheet.lines.length; at += CHUNK) {
    const chunk = sheet.lines.slice(at, at + CHUNK);
    const listed = await findAccounts(
      sql,
      terms.contractId,
      chunk.map((line) => line.householdId),
    );
    const lines = chunk.map((line) => ({ ...line, id: newId(now) }));
    const accountOf = (line: (typeof lines)[number]) => {
      const sealed = listed.get(line.householdId);
      if (!sealed) throw new Error('a household vanished from its contract while its dividend was computed');
      return sealForLine(cipher, { contract: terms.contractId, household: line.householdId, sealed }, line.id);
    };
    await putLinesSql.run(
      client,
      declarationId,
      terms.contractId,
      at,
      lines.map((line) => line.householdId),
      lines.map((line) => String(line.baseFen)),
      lines.map((line) => String(line.secondFen)),
      lines.map((line) => String(line.guaranteedFen)),
      lines.map((line) => line.id),
      lines.map(accountOf),
    );
    await advance(at + chunk.length);
  }
  await sql
    .updateTable('declaration')
    .set((eb) => ({
      lines: sheet.lines.length,
      base_fen: sheet.baseFen,
      second_fen: sheet.secondFen,
      total_fen: sheet.totalFen,
      days: countDays(period),
      computing_job_id: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', declarationId)
    .execute();
  return sheet.lines.length;
}

/** The accounts of households on a contract's list, sealed for it. */
async function findAccounts(
  read: ReadSql<Tables>,
  contractId: string,
  households: readonly string[],
): Promise<Map<string, Buffer>> {
  const rows = await read
    .selectFrom('contract_household')
    .where('contract_id', '=', contractId)
    .where((eb) => isAnyOf(eb.ref('household_id'), households, 'uuid'))
    .select(['household_id as household', 'account_sealed as sealed'])
    .execute();
  return new Map(rows.map(({ household, sealed }) => [household, sealed]));
}

import { computeDividend, demandDeclarable } from '@bangfu/domain/industry/dividend';
import { type ContractDays, countDays, findPeriod, heldDays } from '@bangfu/domain/industry/dividend-period';
import { demand } from '@bangfu/domain/shared/errors';
import type { Fen } from '@bangfu/domain/shared/money';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../../db/contract-days.ts';
import type { ServiceKit } from '@bangfu/platform/service';
import { sealForLine } from '../../payments/line-accounts.ts';

/** Beyond this many lines a declaration is computed by a job. */
export const MOST_AT_ONCE = 2000;
const CHUNK = 5000;

interface Member {
  readonly householdId: string;
  readonly householdNumber: string;
  readonly stakeFen: Fen;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

interface Terms extends ContractDays {
  readonly contractId: string;
  readonly guaranteedBp: number;
  readonly profitShareBp: number;
  readonly year: number;
  readonly periodFrom: string;
  readonly distributableFen: Fen;
}

/**
 * Computes a declaration's lines from its contract and puts them in the place of those it had, in the caller's
 * transaction: all or none. The rule is the domain's; the rows are written by sets.
 * @throws DomainError DECLARATION_YEAR, DECLARATION_NOBODY, DIVIDEND_…, SUM_TOO_LARGE
 */
export async function computeLines(
  sql: Sql,
  { cipher, newId }: Pick<ServiceKit, 'cipher' | 'newId'>,
  now: Date,
  declarationId: string,
  advance: (done: number) => Promise<void>,
): Promise<number> {
  const [terms] = await sql.query<Terms>(
    `SELECT c.id::text AS "contractId", c.guaranteed_bp AS "guaranteedBp", c.profit_share_bp AS "profitShareBp",
       c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to", c.dividend_year AS "dividendYear", d.year,
       d.period_from::text AS "periodFrom", d.distributable_fen::float8 AS "distributableFen"
     FROM declaration d JOIN contract c ON c.id = d.contract_id WHERE d.id = $1::uuid`,
    [declarationId],
  );
  if (!terms) throw new Error('a declaration vanished while it was computed');
  const period = findPeriod(terms, terms.year, terms.periodFrom);
  demand(period, 'DECLARATION_YEAR', { year: terms.year });
  const members = await sql.query<Member>(
    `SELECT m.household_id::text AS "householdId", m.household_number AS "householdNumber",
       m.stake_fen::float8 AS "stakeFen", ${MEMBER_FROM}::text AS "from", ${MEMBER_TO}::text AS "to"
     FROM contract_household m JOIN contract c ON c.id = m.contract_id WHERE m.contract_id = $1::uuid`,
    [terms.contractId],
  );
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
  await sql.query('DELETE FROM dividend_line WHERE declaration_id = $1::uuid', [declarationId]);
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
    await sql.query(
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
      [
        declarationId,
        terms.contractId,
        at,
        lines.map((line) => line.householdId),
        lines.map((line) => String(line.baseFen)),
        lines.map((line) => String(line.secondFen)),
        lines.map((line) => String(line.guaranteedFen)),
        lines.map((line) => line.id),
        lines.map(accountOf),
      ],
    );
    await advance(at + chunk.length);
  }
  await sql.query(
    `UPDATE declaration SET lines = $2, base_fen = $3, second_fen = $4, total_fen = $5, days = $6::int,
       computing_job_id = NULL, version = version + 1 WHERE id = $1::uuid`,
    [declarationId, sheet.lines.length, sheet.baseFen, sheet.secondFen, sheet.totalFen, countDays(period)],
  );
  return sheet.lines.length;
}

/** The accounts of households on a contract's list, sealed for it. */
async function findAccounts(sql: Sql, contractId: string, households: readonly string[]): Promise<Map<string, Buffer>> {
  const rows = await sql.query<{ household: string; sealed: Buffer }>(
    `SELECT household_id::text AS household, account_sealed AS sealed FROM contract_household
     WHERE contract_id = $1::uuid AND household_id = ANY ($2::text[]::uuid[])`,
    [contractId, households],
  );
  return new Map(rows.map(({ household, sealed }) => [household, sealed]));
}

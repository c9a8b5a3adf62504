import { computeDividend } from '@bangfu/domain/industry/dividend';
import { fen } from '@bangfu/domain/shared/money';
import { daysBetween, businessDay, addDays } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';

/** Beyond this many lines a declaration is computed by a job. */
export const MOST_AT_ONCE = 2000;
const CHUNK = 5000;

interface Member {
  readonly householdId: string;
  readonly householdNumber: string;
  readonly stakeFen: number;
}

/** Days of a calendar year. */
function daysOfYear(year: number): number {
  return daysBetween(businessDay(`${year}-01-01`), businessDay(`${year + 1}-01-01`));
}

/** Days of a year on which a contract was in force; 0 when they do not meet. */
export function daysInForce(contract: { readonly from: string; readonly to: string }, year: number): number {
  const from = [contract.from, `${year}-01-01`].sort()[1] ?? '';
  const to = [contract.to, `${year}-12-31`].sort()[0] ?? '';
  return Math.max(0, daysBetween(businessDay(from), addDays(businessDay(to), 1)));
}

/**
 * Computes a declaration's lines from its contract and puts them in the place of those it had, in the caller's
 * transaction: all or none. The rule is the domain's; the rows are written by sets.
 * @throws DomainError DIVIDEND_…
 */
export async function computeLines(
  sql: Sql,
  declarationId: string,
  advance: (done: number) => Promise<void>,
): Promise<number> {
  const [terms] = await sql.query<{
    contractId: string;
    guaranteedBp: number;
    profitShareBp: number;
    year: number;
    days: number;
    distributableFen: number;
  }>(
    `SELECT c.id::text AS "contractId", c.guaranteed_bp AS "guaranteedBp", c.profit_share_bp AS "profitShareBp", d.year,
       d.days, d.distributable_fen::float8 AS "distributableFen"
     FROM declaration d JOIN contract c ON c.id = d.contract_id WHERE d.id = $1::uuid`,
    [declarationId],
  );
  if (!terms) throw new Error('a declaration vanished while it was computed');
  const members = await sql.query<Member>(
    `SELECT household_id::text AS "householdId", household_number AS "householdNumber", stake_fen::float8 AS "stakeFen"
     FROM contract_household WHERE contract_id = $1::uuid`,
    [terms.contractId],
  );
  const sheet = computeDividend(
    { kind: 'share', guaranteedBp: terms.guaranteedBp, profitShareBp: terms.profitShareBp },
    members.map((m) => ({ ...m, stakeFen: fen(m.stakeFen), heldDays: terms.days })),
    { days: daysOfYear(terms.year), distributableFen: fen(terms.distributableFen) },
  );
  await sql.query('DELETE FROM dividend_line WHERE declaration_id = $1::uuid', [declarationId]);
  for (let at = 0; at < sheet.lines.length; at += CHUNK) {
    const chunk = sheet.lines.slice(at, at + CHUNK);
    await sql.query(
      `INSERT INTO dividend_line (id, declaration_id, county_code, line_number, household_id, household_number, head_name,
         village_code, village_name, base_fen, second_fen, amount_fen, guaranteed_fen, payable_fen, state, bank_name,
         account_sealed, account_tail)
       SELECT uuidv7(), $1::uuid, m.county_code, $3::int + l.n, m.household_id, m.household_number, m.head_name,
         m.village_code, m.village_name, l.base::bigint, l.second::bigint, l.base::bigint + l.second::bigint,
         l.guaranteed::bigint, l.base::bigint + l.second::bigint,
         CASE WHEN l.base::bigint + l.second::bigint = 0 THEN 'void' ELSE 'open' END, m.bank_name, m.account_sealed,
         m.account_tail
       FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY
         AS l (household, base, second, guaranteed, n)
       JOIN contract_household m ON m.contract_id = $2::uuid AND m.household_id = l.household::uuid`,
      [
        declarationId,
        terms.contractId,
        at,
        chunk.map((line) => line.householdId),
        chunk.map((line) => String(line.baseFen)),
        chunk.map((line) => String(line.secondFen)),
        chunk.map((line) => String(line.guaranteedFen)),
      ],
    );
    await advance(at + chunk.length);
  }
  await sql.query(
    `UPDATE declaration SET lines = $2, base_fen = $3, second_fen = $4, total_fen = $5, computing_job_id = NULL,
       version = version + 1 WHERE id = $1::uuid`,
    [declarationId, sheet.lines.length, sheet.baseFen, sheet.secondFen, sheet.totalFen],
  );
  return sheet.lines.length;
}

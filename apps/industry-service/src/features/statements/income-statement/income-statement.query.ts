import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { IncomeStatement, listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { canonicalHash } from '@bangfu/service-kit/audit/hash';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { iso } from '../../../db/scope.ts';

/** A statement before it is issued. */
export type Statement = Omit<IncomeStatement, 'issued'>;

/** The household a statement is for, within the caller's scope: his region, or his own household. */
interface Subject {
  readonly householdId: string;
  readonly householdNumber: string;
  readonly headName: string;
  readonly townshipName: string;
  readonly villageName: string;
  readonly villageCode: string;
  readonly countyCode: string;
}

/** Finds the household. @throws Refusal 404 */
export async function getSubject(sql: Sql, caller: Caller, householdNumber: string): Promise<Subject> {
  const [subject] = await sql.query<Subject>(
    `SELECT h.id::text AS "householdId", h.number AS "householdNumber", h.head_name AS "headName",
       h.township_name AS "townshipName", h.village_name AS "villageName", h.village_code AS "villageCode",
       h.county_code AS "countyCode"
     FROM platform.household_copy h
     WHERE h.number = $1 AND NOT h.withdrawn AND (h.village_code LIKE ANY ($2::text[]) OR h.id::text = ANY ($3::text[]))`,
    [householdNumber, likeAny(regionPrefixes(caller)), scopeIds(caller, 'household')],
  );
  if (!subject) throw notFound();
  return subject;
}

/** Every payment that reached a household, by year and day. */
export function findIncome(sql: Sql, householdId: string): Promise<Statement['lines']> {
  return sql.query(
    `SELECT p.line_id::text AS "lineId", d.year, e.name AS "entityName", c.number AS "contractNumber",
       p.amount_fen::float8 AS "amountFen", p.paid_on::text AS "paidOn", l.account_tail AS "accountTail",
       l.confirmed_fen IS NOT NULL AND l.confirmed_fen = p.amount_fen AS confirmed
     FROM dividend_payment p JOIN dividend_line l ON l.id = p.line_id JOIN declaration d ON d.id = l.declaration_id
     JOIN entity e ON e.id = d.entity_id JOIN contract c ON c.id = d.contract_id
     WHERE p.household_id = $1::uuid ORDER BY d.year, p.paid_on, p.line_id`,
    [householdId],
  );
}

/** The hash a statement is verified by: which payments, of which year, how much, when. */
export function statementHash(lines: Statement['lines']): string {
  const facts = lines.map(({ lineId, year, amountFen, paidOn }) => ({ lineId, year, amountFen, paidOn }));
  return canonicalHash({ format: 'bangfu-income-statement/1', lines: facts }).toString('hex');
}

/** A household's statement as of now. */
export function toStatement(
  { villageCode: _village, countyCode: _county, ...subject }: Subject,
  lines: Statement['lines'],
): Statement {
  const years = new Map<number, number>();
  for (const { year, amountFen } of lines) years.set(year, (years.get(year) ?? 0) + amountFen);
  return {
    ...subject,
    lines,
    years: [...years].map(([year, amountFen]) => ({ year, amountFen })),
    totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
  };
}

/** A household's statement across entities and years with what was issued of it. @throws Refusal 404 */
export async function readStatement(
  service: Industry,
  caller: Caller,
  householdNumber: string,
): Promise<IncomeStatement> {
  const sql = pgSql(readsOf(service, caller));
  const subject = await getSubject(sql, caller, householdNumber);
  const issued = await sql.query<IncomeStatement['issued'][number]>(
    `SELECT number, ${iso('issued_at')} AS "issuedAt", total_fen::float8 AS "totalFen" FROM issued_paper
     WHERE kind = 'income-statement' AND subject_id = $1::uuid ORDER BY issued_at DESC, number LIMIT 50`,
    [subject.householdId],
  );
  return { ...toStatement(subject, await findIncome(sql, subject.householdId)), issued };
}

/** One page of the households that had confirmed income from entities, by number. */
export async function findIncomeHouseholds(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof listIncomeHouseholds>,
): Promise<AnswerInputOf<typeof listIncomeHouseholds>> {
  const sql = pgSql(readsOf(service, caller));
  const after = decodeCursor(query.cursor, 2);
  const from = `FROM platform.household_copy h WHERE NOT h.withdrawn AND h.village_code LIKE ANY ($1::text[])
    AND EXISTS (SELECT 1 FROM dividend_payment p WHERE p.household_id = h.id)
    AND ($2::text IS NULL OR h.number LIKE $2 || '%' OR h.head_name LIKE $2 || '%')`;
  const search = query.search?.trim().replace(/[\\%_]/g, '\\$&') || null;
  const params = [likeAny(regionPrefixes(caller)), search];
  type Row = AnswerInputOf<typeof listIncomeHouseholds>['rows'][number];
  const rows = await sql.query<Row>(
    `SELECT h.id::text AS "householdId", h.number AS "householdNumber", h.head_name AS "headName",
       h.village_name AS "villageName", t.payments, t.entities, t.total AS "totalFen"
     FROM (SELECT h.* ${from} AND ($3::text IS NULL OR (h.number, h.id::text) > ($3, $4)) ORDER BY h.number, h.id LIMIT $5) h,
       LATERAL (SELECT count(*)::float8 AS payments, count(DISTINCT d.entity_id)::float8 AS entities,
           sum(p.amount_fen)::float8 AS total
         FROM dividend_payment p JOIN dividend_line l ON l.id = p.line_id JOIN declaration d ON d.id = l.declaration_id
         WHERE p.household_id = h.id) t ORDER BY h.number, h.id`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, params);
  return toPage(rows, query.limit, count?.n ?? 0, (row) => [row.householdNumber, row.householdId]);
}

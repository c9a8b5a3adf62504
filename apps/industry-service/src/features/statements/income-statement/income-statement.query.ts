import { instant } from '@bangfu/data/instant';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { IncomeStatement, listIncomeHouseholds as operation } from '@bangfu/contracts/industry/statements';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { type Caller, readsMasked, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { byId, byNumber, byPerson, byText, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { MEMBER_FROM, MEMBER_TO } from '../../../db/contract-days.ts';
import { SETTLES } from '../../payments/standing-texts.ts';

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

/**
 * What changed a household's income by dividends: its payments and what was set off in its favour, what the bank
 * returned of them, what was claimed from it, and what of a claim no longer holds. A claim that is collected changes
 * nothing: it took its part off when it was opened.
 */
const INCOME = `
  SELECT p.id, p.household_id, p.line_id, 'payment' AS kind, p.amount_fen, p.paid_on AS on_day,
    coalesce(l.confirmed_fen = p.amount_fen AND l.confirmed_at <= $3::text::timestamptz AND r.payment_id IS NULL, false)
      AS confirmed
  FROM dividend_payment p JOIN dividend_line l ON l.id = p.line_id LEFT JOIN dividend_return r ON r.payment_id = p.id
  UNION ALL
  SELECT r.payment_id, r.household_id, r.line_id, 'return', -r.amount_fen, r.returned_on, false FROM dividend_return r
  UNION ALL
  SELECT s.id, l.household_id, l.id, 'set-off', ${SETTLES},
    s.settled_on, false
  FROM claim_settlement s JOIN dividend_line l ON l.id = s.line_id WHERE s.state = 'approved'
  UNION ALL
  SELECT c.id, c.household_id, c.line_id, 'correction', -c.amount_fen, (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date, false
  FROM dividend_claim c
  UNION ALL
  SELECT s.id, c.household_id, c.line_id, 'correction', s.amount_fen, s.settled_on, false
  FROM claim_settlement s JOIN dividend_claim c ON c.id = s.claim_id
  WHERE s.kind IN ('returned', 'corrected') AND s.state = 'approved'`;

/**
 * What had reached a household by a day and what had been taken back of it, by year and day. A paper says nothing that
 * came after its own day, whatever is known by the time it is made.
 */
export function findIncome(sql: Sql, householdId: string, asOf: Date): Promise<Statement['lines']> {
  return sql.query(
    `SELECT i.id::text AS id, i.line_id::text AS "lineId", i.kind, d.year, e.name AS "entityName", c.number AS "contractNumber",
       i.amount_fen::float8 AS "amountFen", i.on_day::text AS "paidOn", l.account_tail AS "accountTail", i.confirmed
     FROM (${INCOME}) i JOIN dividend_line l ON l.id = i.line_id JOIN declaration d ON d.id = l.declaration_id
     JOIN entity e ON e.id = d.entity_id JOIN contract c ON c.id = d.contract_id
     WHERE i.household_id = $1::uuid AND i.on_day <= $2::text::date
     ORDER BY d.year, i.on_day, array_position(ARRAY['payment', 'set-off', 'return', 'correction'], i.kind), i.line_id, i.id`,
    [householdId, businessDayOf(asOf), asOf.toISOString()],
  );
}

/** A household's statement of these lines. */
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
export async function getIncomeStatement(
  service: Industry,
  { caller, now }: { readonly caller: Caller; readonly now: Date },
  householdNumber: string,
): Promise<IncomeStatement> {
  const sql = pgSql(readsOf(service, caller));
  const subject = await getSubject(sql, caller, householdNumber);
  const issued = await sql.query<IncomeStatement['issued'][number]>(
    `SELECT number, ${instant('issued_at')} AS "issuedAt", total_fen::float8 AS "totalFen" FROM issued_paper
     WHERE kind = 'income-statement' AND subject_id = $1::uuid ORDER BY issued_at DESC, number LIMIT 50`,
    [subject.householdId],
  );
  return { ...toStatement(subject, await findIncome(sql, subject.householdId, now)), issued };
}

/** Which households the list shows, over `household_copy h`. */
const LISTED = {
  payment: 'EXISTS (SELECT 1 FROM dividend_payment p WHERE p.household_id = h.id)',
  share: `EXISTS (SELECT 1 FROM contract_household m JOIN contract c ON c.id = m.contract_id AND c.state <> 'drafted'
    WHERE m.household_id = h.id AND $4::text::date BETWEEN ${MEMBER_FROM} AND ${MEMBER_TO})`,
} as const;

/** What payments and entities came to for `household_copy h`. */
const PAYMENTS = '(SELECT count(*) FROM dividend_payment p WHERE p.household_id = h.id)';
const ENTITIES = `(SELECT count(DISTINCT d.entity_id) FROM dividend_payment p JOIN dividend_line l ON l.id = p.line_id
  JOIN declaration d ON d.id = l.declaration_id WHERE p.household_id = h.id)`;
const TOTAL = `(coalesce((SELECT sum(p.amount_fen) FROM dividend_payment p WHERE p.household_id = h.id), 0)
  - coalesce((SELECT sum(r.amount_fen) FROM dividend_return r WHERE r.household_id = h.id), 0)
  - coalesce((SELECT sum(c.amount_fen) FROM dividend_claim c WHERE c.household_id = h.id), 0)
  + coalesce((SELECT sum(s.amount_fen) FROM claim_settlement s JOIN dividend_claim c ON c.id = s.claim_id
    WHERE c.household_id = h.id AND s.state = 'approved' AND s.kind IN ('returned', 'corrected')), 0)
  + coalesce((SELECT sum(${SETTLES})
    FROM claim_settlement s JOIN dividend_line l ON l.id = s.line_id
    WHERE l.household_id = h.id AND s.state = 'approved'), 0))`;

const NUMBER = byText('h.number');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    householdNumber: NUMBER,
    headName: byPerson('h.head_name'),
    villageName: byText('h.village_code'),
    payments: byNumber(PAYMENTS),
    entities: byNumber(ENTITIES),
    totalFen: byNumber(TOTAL),
  },
  [NUMBER, byId('h.id')],
);

/**
 * One page of the households that had confirmed income from entities, or hold a share in one, by number; a household
 * finds itself.
 */
export function listIncomeHouseholds(
  service: Industry,
  caller: Caller,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const list = {
    columns: `h.id::text AS "householdId", h.number AS "householdNumber", h.head_name AS "headName",
      h.village_name AS "villageName", ${PAYMENTS}::float8 AS payments, ${ENTITIES}::float8 AS entities,
      ${TOTAL}::float8 AS "totalFen"`,
    from: `FROM platform.household_copy h WHERE NOT h.withdrawn
      AND (h.village_code LIKE ANY ($1::text[]) OR h.id = ANY ($3::text[]::uuid[]))
      AND ${LISTED[query.with]} AND $4::text IS NOT NULL
      AND ($2::text IS NULL OR ${numberBegins('h.number', '$2')} OR ${nameBegins('h.head_name', '$2')} OR ${nameBegins('h.village_name', '$2')})`,
    params: [
      likeAny(regionPrefixes(caller)),
      searchPattern(query.search),
      scopeIds(caller, 'household'),
      businessDayOf(service.clock()),
    ],
  };
  return readPage(pgSql(readsOf(service, caller)), ORDER, query, list, readsMasked(caller));
}

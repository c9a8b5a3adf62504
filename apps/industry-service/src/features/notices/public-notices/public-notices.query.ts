import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type * as contract from '@bangfu/contracts/industry/declarations';
import { pgSql } from '@bangfu/events/sql';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import {
  DECLARATION_COLUMNS,
  type DeclarationRow,
  FROM_DECLARATION,
  shown,
} from '../../declarations/declaration.repository.ts';

interface PublicRow extends DeclarationRow {
  readonly villages: string[];
}

/** Villages of the notice, in the order of their codes. */
const PUBLIC_COLUMNS = `${DECLARATION_COLUMNS}, ARRAY(SELECT max(l.village_name) FROM dividend_line l
  WHERE l.declaration_id = d.id AND l.counts GROUP BY l.village_code ORDER BY l.village_code) AS villages`;
const IS_OPEN = `d.status = 'on-notice'`;

/** Only what a notice may say: never account, number or identity of a household. */
function publicNotice(row: PublicRow, now: Date) {
  const { notice } = shown(row, now, 'zh');
  if (!notice) throw notFound();
  return {
    declarationId: row.id,
    entityName: row.entityName,
    year: row.year,
    openedAt: notice.openedAt,
    requiredDays: notice.requiredDays,
    closedAt: notice.closedAt,
    closableFrom: notice.closableFrom,
    villages: row.villages,
    households: row.lines,
    totalFen: row.totalFen,
    contentHash: notice.contentHash,
    verifyNumber: notice.verifyNumber,
  };
}

/** One page of the dividend notices that are open now. */
export async function listPublicDividendNotices(
  service: Industry,
  now: Date,
  query: QueryOf<typeof contract.listPublicDividendNotices>,
): Promise<AnswerInputOf<typeof contract.listPublicDividendNotices>> {
  const sql = pgSql(service.readPool);
  const after = decodeCursor(query.cursor, 1);
  const from = `${FROM_DECLARATION} WHERE ${IS_OPEN} AND ($1::text IS NULL OR d.county_code = $1)`;
  const rows = await sql.query<PublicRow>(
    `SELECT ${PUBLIC_COLUMNS} ${from} AND ($2::uuid IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
    [query.county ?? null, after?.[0] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, [query.county ?? null]);
  const page = toPage(rows, query.limit, count?.n ?? 0, (row) => [row.id]);
  return { ...page, rows: page.rows.map((row) => publicNotice(row, now)) };
}

/** An open notice with a page of its names, villages and amounts. @throws Refusal 404 */
export async function getPublicDividendNotice(
  service: Industry,
  now: Date,
  declarationId: string,
  query: QueryOf<typeof contract.getPublicDividendNotice>,
): Promise<AnswerInputOf<typeof contract.getPublicDividendNotice>> {
  const sql = pgSql(service.readPool);
  const [row] = await sql.query<PublicRow>(
    `SELECT ${PUBLIC_COLUMNS} ${FROM_DECLARATION} WHERE d.id = $1::uuid AND ${IS_OPEN}`,
    [declarationId],
  );
  if (!row) throw notFound();
  const after = decodeCursor(query.cursor, 1);
  const lines = await sql.query<{ lineNumber: number; headName: string; villageName: string; amountFen: number }>(
    `SELECT line_number AS "lineNumber", head_name AS "headName", village_name AS "villageName",
       amount_fen::float8 AS "amountFen"
     FROM dividend_line WHERE declaration_id = $1::uuid AND counts AND line_number > $2::int ORDER BY line_number LIMIT $3`,
    [declarationId, after?.[0] ?? 0, query.limit + 1],
  );
  return { ...publicNotice(row, now), lines: toPage(lines, query.limit, row.lines, (line) => [line.lineNumber]) };
}

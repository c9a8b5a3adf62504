import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type * as contract from '@bangfu/contracts/industry/dividend-notices';
import { pgSql } from '@bangfu/events/sql';
import { byId, byNumber, down, listOrder } from '@bangfu/service-kit/db/list-order';
import { readPage } from '@bangfu/service-kit/http/page';
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

const NEWEST_FIRST = listOrder({}, [down(byId('d.id'))]);
const AS_POSTED = listOrder({}, [byNumber('line_number')]);

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
  const page = await readPage<PublicRow>(pgSql(service.readPool), NEWEST_FIRST, query, {
    columns: PUBLIC_COLUMNS,
    from: `${FROM_DECLARATION} WHERE ${IS_OPEN} AND ($1::text IS NULL OR d.county_code = $1)`,
    params: [query.county ?? null],
  });
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
  const lines = await readPage<{ lineNumber: number; headName: string; villageName: string; amountFen: number }>(
    sql,
    AS_POSTED,
    query,
    {
      columns:
        'line_number AS "lineNumber", head_name AS "headName", village_name AS "villageName", amount_fen::float8 AS "amountFen"',
      from: 'FROM dividend_line WHERE declaration_id = $1::uuid AND counts',
      params: [declarationId],
      total: row.lines,
    },
  );
  return { ...publicNotice(row, now), lines };
}

import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type * as contract from '@bangfu/contracts/industry/dividend-notices';
import { pgSql } from '@bangfu/data/sql';
import { byId, byNumber, down, listOrder } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { declarationClock } from '@bangfu/domain/industry/declaration-notice';
import { instant } from '@bangfu/data/instant';

interface PublicRow {
  readonly noticeId: string;
  readonly declarationId: string;
  readonly entityName: string;
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly openedAt: string;
  readonly requiredDays: number;
  readonly villageName: string;
  readonly households: number;
  readonly totalFen: number;
  readonly contentHash: string;
  readonly verifyNumber: string;
  readonly pauses: readonly { readonly id: string; readonly raisedAt: string; readonly answeredAt: string | null }[];
}

/** Only what a notice may say: never account, number or identity of a household. */
const PUBLIC_COLUMNS = `n.id::text AS "noticeId", d.id::text AS "declarationId", e.name AS "entityName", d.year,
  d.period_from::text AS "from", d.period_end::text AS "to", ${instant('n.opened_at')} AS "openedAt",
  n.required_days AS "requiredDays", n.village_name AS "villageName", n.households, n.total_fen::float8 AS "totalFen",
  n.content_hash AS "contentHash", n.number AS "verifyNumber",
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'raisedAt', ${instant('o.raised_at')},
    'answeredAt', ${instant('o.answered_at')})) FROM declaration_objection o WHERE o.notice_id = n.id), '[]') AS pauses`;
const FROM_HANGING = `FROM declaration_notice n JOIN declaration d ON d.id = n.declaration_id AND d.revision = n.revision
  JOIN entity e ON e.id = d.entity_id
  WHERE d.status = 'on-notice' AND n.opened_at IS NOT NULL AND n.closed_at IS NULL`;

const NEWEST_FIRST = listOrder({}, [down(byId('n.id'))]);
const AS_POSTED = listOrder({}, [byNumber('line_number')]);

function publicNotice({ pauses, ...row }: PublicRow) {
  const objections = pauses.map(({ id, raisedAt, answeredAt }) => ({
    id,
    raisedAt: new Date(raisedAt),
    ...(answeredAt && { answeredAt: new Date(answeredAt) }),
  }));
  const clock = declarationClock({ ...row, openedAt: new Date(row.openedAt), objections });
  return { ...row, closedAt: null, closableFrom: clock.closableFrom?.toISOString() ?? null };
}

/** One page of the dividend notices that hang now, each in its village. */
export async function listPublicDividendNotices(
  service: Industry,
  query: QueryOf<typeof contract.listPublicDividendNotices>,
): Promise<AnswerInputOf<typeof contract.listPublicDividendNotices>> {
  const page = await readPage<PublicRow>(pgSql(service.readPool), NEWEST_FIRST, query, {
    columns: PUBLIC_COLUMNS,
    from: `${FROM_HANGING} AND ($1::text IS NULL OR d.county_code = $1)`,
    params: [query.county ?? null],
  });
  return { ...page, rows: page.rows.map(publicNotice) };
}

/** A hanging notice with a page of its names, villages and amounts. @throws Refusal 404 */
export async function getPublicDividendNotice(
  service: Industry,
  noticeId: string,
  query: QueryOf<typeof contract.getPublicDividendNotice>,
): Promise<AnswerInputOf<typeof contract.getPublicDividendNotice>> {
  const sql = pgSql(service.readPool);
  const [row] = await sql.query<PublicRow>(`SELECT ${PUBLIC_COLUMNS} ${FROM_HANGING} AND n.id = $1::uuid`, [noticeId]);
  if (!row) throw notFound();
  const lines = await readPage<{ lineNumber: number; headName: string; villageName: string; amountFen: number }>(
    sql,
    AS_POSTED,
    query,
    {
      columns:
        'line_number AS "lineNumber", head_name AS "headName", village_name AS "villageName", amount_fen::float8 AS "amountFen"',
      from: 'FROM posted_line WHERE notice_id = $1::uuid',
      params: [noticeId],
      total: row.households,
    },
  );
  return { ...publicNotice(row), lines };
}

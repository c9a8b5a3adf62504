import type { IncomeStatement } from '@bangfu/contracts/industry/statements';
import type { Sql } from '@bangfu/events/sql';
import { canonicalHash } from '@bangfu/service-kit/audit/hash';

/** An issued paper with all that is kept of it. */
export type IssuedPaper = {
  readonly number: string;
  readonly subjectId: string;
  readonly subject: string;
  readonly issuedAt: Date;
  readonly totalFen: number;
  readonly lines: number;
  readonly contentHash: string;
} & (
  | { readonly kind: 'income-statement'; readonly content: Pick<IncomeStatement, 'lines'> }
  | { readonly kind: 'dividend-list'; readonly content: { readonly revision: number; readonly entity: string } }
);

/** The columns of `issued_paper` as code names them. */
export const PAPER_COLUMNS = `number, kind, subject_id::text AS "subjectId", subject, content, issued_at AS "issuedAt",
  total_fen::float8 AS "totalFen", lines, content_hash AS "contentHash"`;

/** The hash a statement is verified by: which payments, of which year, how much, when. */
export function statementHash(lines: IncomeStatement['lines']): string {
  const facts = lines.map(({ lineId, year, amountFen, paidOn }) => ({ lineId, year, amountFen, paidOn }));
  return canonicalHash({ format: 'bangfu-income-statement/1', lines: facts }).toString('hex');
}

/**
 * The hash of what a dividend notice says: names, villages and amounts by line number (architecture, decision 7). Lines
 * that corrections added later were not on it.
 */
export async function noticeHash(
  sql: Sql,
  notice: { readonly declarationId: string; readonly entity: string; readonly year: number; readonly openedAt: Date },
): Promise<string> {
  const lines = await sql.query<{ line: number; name: string; village: string; amountFen: number }>(
    `SELECT line_number AS line, head_name AS name, village_name AS village, amount_fen::float8 AS "amountFen"
     FROM dividend_line WHERE declaration_id = $1::uuid AND replaces IS NULL ORDER BY line_number`,
    [notice.declarationId],
  );
  const content = {
    format: 'bangfu-dividend-notice/1',
    entity: notice.entity,
    year: notice.year,
    openedAt: notice.openedAt.toISOString(),
    lines,
  };
  return canonicalHash(content).toString('hex');
}

/**
 * Whether what is kept of a paper still gives the hash it was issued with. A list whose declaration was drafted anew has
 * no lines any more that could be hashed; it does not hold any more anyhow.
 */
export async function isIntact(sql: Sql, paper: IssuedPaper): Promise<boolean> {
  if (paper.kind === 'income-statement') return statementHash(paper.content.lines) === paper.contentHash;
  const [declaration] = await sql.query<{ year: number }>(
    'SELECT year FROM declaration WHERE id = $1::uuid AND revision = $2::int AND notice_number = $3',
    [paper.subjectId, paper.content.revision, paper.number],
  );
  if (!declaration) return true;
  const { subjectId: declarationId, issuedAt: openedAt, content, contentHash } = paper;
  return (
    (await noticeHash(sql, { declarationId, entity: content.entity, year: declaration.year, openedAt })) === contentHash
  );
}

import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { verifyStatement } from '@bangfu/contracts/industry/statements';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { findIncome, statementHash } from '../income-statement/income-statement.query.ts';

interface Row {
  readonly kind: 'income-statement' | 'dividend-list';
  readonly subjectId: string;
  readonly subject: string;
  readonly issuedAt: Date;
  readonly totalFen: number;
  readonly lines: number;
  readonly contentHash: string;
}

/** What anyone may know of a paper by its number: that it is genuine, its sum, and whether it still holds. @throws Refusal 404 */
export async function verify(service: Industry, number: string): Promise<AnswerInputOf<typeof verifyStatement>> {
  const sql = pgSql(service.readPool);
  const [paper] = await sql.query<Row>(
    `SELECT kind, subject_id::text AS "subjectId", subject, issued_at AS "issuedAt", total_fen AS "totalFen", lines,
       content_hash AS "contentHash" FROM issued_paper WHERE number = $1`,
    [number],
  );
  if (!paper) throw notFound();
  const { subjectId: _subject, issuedAt, ...facts } = paper;
  return { ...facts, number, issuedOn: businessDayOf(issuedAt), current: await isCurrent(service, number, paper) };
}

async function isCurrent(service: Industry, number: string, paper: Row): Promise<boolean> {
  const sql = pgSql(service.readPool);
  if (paper.kind === 'income-statement')
    return statementHash(await findIncome(sql, paper.subjectId)) === paper.contentHash;
  const [declaration] = await sql.query<{ same: boolean }>(
    'SELECT notice_number = $2 AND total_fen = $3 AS same FROM declaration WHERE id = $1::uuid',
    [paper.subjectId, number, paper.totalFen],
  );
  return declaration?.same ?? false;
}

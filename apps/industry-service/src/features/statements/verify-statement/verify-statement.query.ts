import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { verifyStatement as operation } from '@bangfu/contracts/industry/statements';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { type IssuedPaper, isIntact, PAPER_COLUMNS, statementHash } from '../../../papers/seal.ts';
import { findIncome } from '../income-statement/income-statement.query.ts';

/**
 * What anyone may know of a paper by its number: that it is genuine, its sum, whether what is kept of it is what was
 * issued, and whether it still holds. @throws Refusal 404
 */
export async function verifyStatement(service: Industry, number: string): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(service.readPool);
  const [paper] = await sql.query<IssuedPaper>(`SELECT ${PAPER_COLUMNS} FROM issued_paper WHERE number = $1`, [number]);
  if (!paper) throw notFound();
  const { kind, subject, totalFen, lines, contentHash, issuedAt } = paper;
  const intact = await isIntact(sql, paper);
  const current = intact && (await isCurrent(service, paper));
  return { number, kind, subject, totalFen, lines, contentHash, issuedOn: businessDayOf(issuedAt), intact, current };
}

async function isCurrent(service: Industry, paper: IssuedPaper): Promise<boolean> {
  const sql = pgSql(service.readPool);
  if (paper.kind === 'income-statement')
    return statementHash(await findIncome(sql, paper.subjectId, service.clock())) === paper.contentHash;
  const [declaration] = await sql.query<{ same: boolean }>(
    `SELECT d.notice_number = $2 AND NOT EXISTS (SELECT 1 FROM dividend_line l
       WHERE l.declaration_id = d.id AND l.replaces IS NOT NULL) AS same
     FROM declaration d WHERE d.id = $1::uuid`,
    [paper.subjectId, paper.number],
  );
  return declaration?.same ?? false;
}

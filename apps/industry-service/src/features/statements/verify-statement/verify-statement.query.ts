import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { verifyStatement as operation } from '@bangfu/contracts/industry/statements';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { typedSql } from '@bangfu/data/typed-sql';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import type { Tables } from '../../../operations.ts';
import { knownSealOf } from '../../../papers/known-seals.ts';
import { type IssuedPaper, issuedPapers, paperOf, statementFacts } from '../../../papers/seal.ts';
import { findIncome } from '../income-statement/income-statement.query.ts';

type Answer = AnswerInputOf<typeof operation>;
type Standing = Pick<Answer, 'standing' | 'supersededBy'>;

/**
 * What anyone may know of a paper by its number: that it is genuine, its sum, whether what is kept of it is what was
 * issued, and whether it still holds. @throws Refusal 404
 */
export async function verifyStatement(service: Industry, number: string): Promise<Answer> {
  const sql = pgSql(service.readPool);
  const read = typedSql<Tables>(service.readPool);
  const row = await issuedPapers(read).where('p.number', '=', number).executeTakeFirst();
  if (!row) throw notFound();
  const paper = paperOf(row);
  const { kind, subject, totalFen, lines, contentHash, issuedAt } = paper;
  const seal = await knownSealOf(read, paper);
  const standing = await standingOf(sql, paper, service.clock());
  return {
    number,
    kind,
    subject,
    totalFen,
    lines,
    contentHash,
    issuedOn: businessDayOf(issuedAt),
    seal,
    // That an edition was superseded is known even of a list that is not kept any more.
    ...(seal === 'intact' || standing.standing === 'superseded' ? standing : { standing: null, supersededBy: null }),
  };
}

async function standingOf(sql: Sql, paper: IssuedPaper, now: Date): Promise<Standing> {
  if (paper.kind === 'dividend-list') return standingOfList(sql, paper.number);
  const said = Array.isArray(paper.content?.lines) ? statementFacts(paper.content.lines) : '';
  const isCurrent = statementFacts(await findIncome(sql, paper.subjectId, now)) === said;
  return { standing: isCurrent ? 'current' : 'changed', supersededBy: null };
}

/** A list holds while its edition does and no line of it was corrected; a later edition's takes its place. */
async function standingOfList(sql: Sql, number: string): Promise<Standing> {
  const [found] = await sql.query<{ superseded: boolean; corrected: boolean; by: string | null }>(
    `SELECT n.revision < d.revision AS superseded,
       EXISTS (SELECT 1 FROM dividend_line l WHERE l.declaration_id = d.id AND l.replaces IS NOT NULL
         AND (n.village_code = '' OR EXISTS (SELECT 1 FROM dividend_line o WHERE o.declaration_id = d.id
           AND o.line_number = l.replaces AND o.village_code = n.village_code))) AS corrected,
       (SELECT later.number FROM declaration_notice later WHERE later.declaration_id = d.id
         AND later.revision > n.revision AND later.number IS NOT NULL
         AND (later.village_code = n.village_code OR '' IN (later.village_code, n.village_code))
         ORDER BY later.revision DESC, later.village_code LIMIT 1) AS by
     FROM declaration_notice n JOIN declaration d ON d.id = n.declaration_id WHERE n.number = $1`,
    [number],
  );
  if (!found) return { standing: null, supersededBy: null };
  if (found.superseded) return { standing: 'superseded', supersededBy: found.by };
  return { standing: found.corrected ? 'changed' : 'current', supersededBy: null };
}

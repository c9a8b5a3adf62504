import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/statements';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { notFound } from '@bangfu/platform/http/refusal';
import { query, type Tables } from '../../../operations.ts';
import { knownSealOf } from '../../../papers/known-seals.ts';
import { type IssuedPaper, issuedPapers, paperOf, statementFacts } from '../../../papers/seal.ts';
import { findIncome } from '../income.repository.ts';

type Answer = AnswerInputOf<typeof contract.verifyStatement>;
type Standing = Pick<Answer, 'standing' | 'supersededBy'>;

/**
 * What anyone may know of a paper by its number: that it is genuine, its sum, whether what is kept of it is what was
 * issued, and whether it still holds. @throws Refusal 404
 */
export const verifyStatement = query(contract.verifyStatement, async ({ read, params, now }): Promise<Answer> => {
  const found = await issuedPapers(read).where('p.number', '=', params.number).executeTakeFirst();
  if (!found) throw notFound();
  const paper = paperOf(found);
  const { number, kind, subject, totalFen, lines, contentHash, issuedAt } = paper;
  const seal = await knownSealOf(read, paper);
  const standing = await standingOf(read, paper, now);
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
});

async function standingOf(read: ReadSql<Tables>, paper: IssuedPaper, now: Date): Promise<Standing> {
  if (paper.kind === 'dividend-list') return standingOfList(read, paper.number);
  const said = Array.isArray(paper.content?.lines) ? statementFacts(paper.content.lines) : '';
  const isCurrent = statementFacts(await findIncome(read, paper.subjectId, now)) === said;
  return { standing: isCurrent ? 'current' : 'changed', supersededBy: null };
}

/** A list holds while its edition does and no line of it was corrected; a later edition's takes its place. */
async function standingOfList(read: ReadSql<Tables>, number: string): Promise<Standing> {
  const notice = await read
    .selectFrom('declaration_notice as n')
    .innerJoin('declaration as d', 'd.id', 'n.declaration_id')
    .where('n.number', '=', number)
    .select(['n.declaration_id as declarationId', 'n.village_code as village', 'n.revision', 'd.revision as present'])
    .executeTakeFirst();
  if (!notice) return { standing: null, supersededBy: null };
  if (notice.revision < notice.present) {
    const later = read
      .selectFrom('declaration_notice as n')
      .where('n.declaration_id', '=', notice.declarationId)
      .where('n.revision', '>', notice.revision)
      .where('n.number', 'is not', null)
      .orderBy('n.revision', 'desc')
      .orderBy('n.village_code')
      .select('n.number')
      .limit(1);
    // A list of all villages together takes the place of each village's, and the other way round.
    const ofVillage = notice.village === '' ? later : later.where('n.village_code', 'in', [notice.village, '']);
    const next = await ofVillage.executeTakeFirst();
    return { standing: 'superseded', supersededBy: next?.number ?? null };
  }
  let corrections = read
    .selectFrom('dividend_line as l')
    .where('l.declaration_id', '=', notice.declarationId)
    .where('l.replaces', 'is not', null)
    .select('l.id');
  if (notice.village !== '') {
    corrections = corrections.where((eb) =>
      eb.exists(
        eb
          .selectFrom('dividend_line as o')
          .whereRef('o.declaration_id', '=', 'l.declaration_id')
          .whereRef('o.line_number', '=', 'l.replaces')
          .where('o.village_code', '=', notice.village)
          .select('o.id'),
      ),
    );
  }
  const corrected = await corrections.limit(1).executeTakeFirst();
  return { standing: corrected ? 'changed' : 'current', supersededBy: null };
}

import type { ReadSql } from '@bangfu/data/typed-sql';
import { type ExpressionBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Tables } from '../operations.ts';
import { type IssuedPaper, type Seal, sealOf } from './seal.ts';

const MOST_KNOWN = 1000;

/** Seals of lists that were computed already, each with the mark of the rows it was computed from. */
const known = new LRUCache<string, { readonly mark: string; readonly seal: Promise<Seal> }>({ max: MOST_KNOWN });

type Line = { l: { line_number: number; amount_fen: number } };

/** How many rows `l` there are, which versions of them, and what they come to. */
const marksOf = ({ ref }: ExpressionBuilder<Line, 'l'>) =>
  sql<string>`concat_ws(':', count(*), sum(${sql.ref('l.xmin')}::text::bigint), sum(${ref('l.line_number')}),
    sum(${ref('l.amount_fen')}))`.as('marks');

/**
 * Which versions of which rows a list is computed from: any write to one of them, or one row more or less, is another
 * mark. Read from the database at every call, at a small part of the cost of computing the list.
 */
async function markOf(read: ReadSql<Tables>, number: string): Promise<string> {
  const found = await read
    .selectFrom('issued_paper as p')
    .innerJoin('declaration_notice as n', 'n.number', 'p.number')
    .innerJoin('declaration as d', 'd.id', 'n.declaration_id')
    .where('p.number', '=', number)
    .select((eb) => {
      const posted = eb.selectFrom('posted_line as l').whereRef('l.notice_id', '=', 'n.id').select(marksOf);
      const declared = eb
        .selectFrom('dividend_line as l')
        .whereRef('l.declaration_id', '=', 'd.id')
        .where('l.replaces', 'is', null)
        .where((l) => l.or([l('n.village_code', '=', ''), l('l.village_code', '=', l.ref('n.village_code'))]))
        .select(marksOf);
      const versions = sql.join(['p.xmin', 'n.xmin', 'd.xmin'].map((column) => sql.ref(column)));
      return sql<string>`concat_ws('/', current_database(), ${versions}, ${eb.ref('d.revision')}, ${posted}, ${declared})`.as(
        'mark',
      );
    })
    .executeTakeFirst();
  return found?.mark ?? '';
}

/** What `sealOf` says of a paper; a list whose rows are those it was computed from last is not computed again. */
export async function knownSealOf(read: ReadSql<Tables>, paper: IssuedPaper): Promise<Seal> {
  if (paper.kind !== 'dividend-list') return sealOf(read, paper);
  const mark = await markOf(read, paper.number);
  const kept = known.get(paper.number);
  if (kept?.mark === mark) return kept.seal;
  const seal = sealOf(read, paper);
  known.set(paper.number, { mark, seal });
  // One that failed is computed at the next call.
  seal.catch(() => known.delete(paper.number));
  return seal;
}

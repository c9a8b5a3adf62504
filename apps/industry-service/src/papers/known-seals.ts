import type { Sql } from '@bangfu/data/sql';
import { LRUCache } from 'lru-cache';
import { type IssuedPaper, type Seal, sealOf } from './seal.ts';

const MOST_KNOWN = 1000;

/** Seals of lists that were computed already, each with the mark of the rows it was computed from. */
const known = new LRUCache<string, { readonly mark: string; readonly seal: Promise<Seal> }>({ max: MOST_KNOWN });

/**
 * Which versions of which rows a list is computed from: any write to one of them, or one row more or less, is another
 * mark. Read from the database at every call, at a small part of the cost of computing the list.
 */
async function markOf(sql: Sql, number: string): Promise<string> {
  const [found] = await sql.query<{ mark: string }>(
    `SELECT concat_ws('/', current_database(), p.xmin, n.xmin, d.xmin, d.revision,
       (SELECT concat_ws(':', count(*), sum(l.xmin::text::bigint), sum(l.line_number), sum(l.amount_fen))
          FROM posted_line l WHERE l.notice_id = n.id),
       (SELECT concat_ws(':', count(*), sum(l.xmin::text::bigint), sum(l.line_number), sum(l.amount_fen))
          FROM dividend_line l WHERE l.declaration_id = d.id AND l.replaces IS NULL
            AND (n.village_code = '' OR l.village_code = n.village_code))) AS mark
     FROM issued_paper p JOIN declaration_notice n ON n.number = p.number JOIN declaration d ON d.id = n.declaration_id
     WHERE p.number = $1`,
    [number],
  );
  return found?.mark ?? '';
}

/** What `sealOf` says of a paper; a list whose rows are those it was computed from last is not computed again. */
export async function knownSealOf(sql: Sql, paper: IssuedPaper): Promise<Seal> {
  if (paper.kind !== 'dividend-list') return sealOf(sql, paper);
  const mark = await markOf(sql, paper.number);
  const kept = known.get(paper.number);
  if (kept?.mark === mark) return kept.seal;
  const seal = sealOf(sql, paper);
  known.set(paper.number, { mark, seal });
  // One that failed is computed at the next call.
  seal.catch(() => known.delete(paper.number));
  return seal;
}
